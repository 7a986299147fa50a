import type { Container } from '../../server/schemas/containers.ts'
import type { Host, Risk } from '../../server/schemas/hosts.ts'
import type { Image, ImageDetail, ImageDiff, ImagePackage } from '../../server/schemas/images.ts'
import { ago, apps, digest, hostile, hosts, pick, random } from './made.ts'

export const risks: Risk[] = [
  {
    id: 'privileged',
    severity: 'CRITICAL',
    title: { en: 'Runs privileged', ko: '특권 모드로 실행됨' },
    why: {
      en: 'A process inside can reach every device and the kernel of the host.',
      ko: '컨테이너 안의 프로세스가 호스트의 모든 장치와 커널에 접근할 수 있습니다.',
    },
    fix: {
      kind: 'compose',
      diff: '--- compose.yaml\n+++ compose.yaml\n@@ services.ci-runner @@\n-    privileged: true\n+    cap_drop: [ALL]\n+    cap_add: [CHOWN, SETUID, SETGID]\n',
    },
  },
  {
    id: 'runtime-socket',
    severity: 'HIGH',
    title: { en: 'Holds the Docker socket', ko: '도커 소켓이 마운트됨' },
    why: {
      en: 'Whoever is inside can start containers as root of the host.',
      ko: '내부에서 호스트 root 권한의 컨테이너를 띄울 수 있습니다.',
    },
    fix: {
      kind: 'compose',
      diff: '--- compose.yaml\n+++ compose.yaml\n@@ services.ci-runner @@\n     volumes:\n-      - /var/run/docker.sock:/var/run/docker.sock\n',
    },
  },
  {
    id: 'root',
    severity: 'MEDIUM',
    title: { en: 'Runs as root', ko: 'root 사용자로 실행됨' },
    why: {
      en: 'A flaw in the program gives root inside the container.',
      ko: '프로그램 취약점이 곧 컨테이너 root 권한으로 이어집니다.',
    },
    fix: {
      kind: 'run',
      diff: '-docker run --name proxy nginx:1.24.0\n+docker run --name proxy --user 101:101 --read-only nginx:1.24.0\n',
    },
  },
]

export function makeHosts(base: number): Host[] {
  return hosts.map((name, index) => ({
    id: `h${index + 1}`,
    name,
    os: 'Debian GNU/Linux 12 (bookworm)',
    kernel: '6.1.0-26-amd64',
    cores: 8,
    memory: 16_700_000_000,
    agentVersion: '0.1.0',
    state: index === 2 ? 'offline' : 'online',
    firstSeen: ago(base, 60 * 24 * 40),
    lastSeen: ago(base, index === 2 ? 190 : 0),
    runtimes: [
      {
        name: 'docker',
        version: '27.3.1',
        connected: index !== 2,
        ...(index === 2 ? { reason: 'permission denied' } : {}),
      },
    ],
    sensor: {
      state: index === 2 ? 'unsupported' : 'running',
      ...(index === 2 ? { reason: 'kernel without BTF' } : {}),
      losses:
        index === 1 ? [{ what: 'io_uring operations', why: 'the kernel has no tracepoint io_uring_submit_req' }] : [],
      produced: 18_204_113,
      filtered: 17_903_002,
      judged: 300_998,
      lost: index === 1 ? 113 : 0,
      ...(index === 2 ? {} : { coverage: index === 1 ? 99.94 : 100 }),
    },
    containers: 8,
    images: 8,
    risks:
      index === 0
        ? [
            {
              id: 'daemon-icc',
              severity: 'MEDIUM',
              title: {
                en: 'Containers on the default bridge reach each other',
                ko: '기본 브리지의 컨테이너끼리 통신할 수 있음',
              },
              why: {
                en: 'A compromised container can attack its neighbours.',
                ko: '침해된 컨테이너가 이웃 컨테이너를 공격할 수 있습니다.',
              },
              fix: {
                kind: 'daemon',
                diff: '--- /etc/docker/daemon.json\n+++ /etc/docker/daemon.json\n@@ -1,3 +1,4 @@\n {\n+  "icc": false,\n   "log-driver": "json-file"\n }\n',
              },
            },
          ]
        : [],
  }))
}

export function makeContainers(base: number, count = 64): Container[] {
  const next = random(7)
  return Array.from({ length: count }, (_, index) => {
    const app = apps[index % apps.length]!
    const exposed = app.name === 'proxy' || app.name === 'grafana'
    const own = app.name === 'ci-runner' ? risks : app.name === 'proxy' || next() > 0.6 ? [risks[2]!] : []
    return {
      id: `c${index.toString(16).padStart(11, '0')}`,
      hostId: `h${(index % 3) + 1}`,
      host: hosts[index % 3]!,
      name:
        index === 13 ? hostile : index < apps.length ? app.name : `${app.name}-${Math.floor(index / apps.length) + 1}`,
      image: app.image,
      imageId: digest((index % apps.length) + 1),
      runtime: 'docker',
      state: index % 11 === 10 ? 'exited' : index === 5 ? 'paused' : 'running',
      createdAt: ago(base, 60 * 24 * (index + 1)),
      startedAt: ago(base, 60 * 24 * (index + 1) - 1),
      owner: app.owner,
      service: app.name,
      user: own.length > 0 ? '' : '1000:1000',
      privileged: app.name === 'ci-runner',
      ports: exposed
        ? [
            { containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 80, exposed: true },
            { containerPort: 443, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 443, exposed: true },
          ]
        : [{ containerPort: 8080, protocol: 'tcp', hostIp: '127.0.0.1', hostPort: 8080 + index, exposed: false }],
      mounts:
        app.name === 'ci-runner'
          ? [{ source: '/var/run/docker.sock', destination: '/var/run/docker.sock', writable: true, type: 'bind' }]
          : [],
      risks: own,
      ...(own[0] ? { risk: own[0].severity } : {}),
      vulnerabilities: { CRITICAL: index % 4, HIGH: index % 9, MEDIUM: 12, LOW: 30, UNKNOWN: 0 },
      openIncidents: app.name === 'shop-api' && index < 8 ? 2 : 0,
      actions: index === 5 ? ['pause'] : [],
      imageAge: 40 + index,
    }
  })
}

export function makeImages(base: number): Image[] {
  const extra = Array.from({ length: 40 }, (_, index) => ({
    name: `svc-${index}`,
    image: `registry.local/team/svc-${index}:1.${index}`,
    owner: 'team',
  }))
  return [...apps, ...extra].map((app, index) => ({
    id: digest(index + 1),
    names: [app.image],
    digests: [`${app.image.split(':')[0]}@${digest(index + 1000)}`],
    os: index % 5 === 3 ? 'Debian 10 (buster)' : 'Debian 12 (bookworm)',
    osEndOfLife: index % 5 === 3,
    size: 120_000_000 + index * 9_000_000,
    createdAt: ago(base, 60 * 24 * (30 + index)),
    layers: 9,
    packages: 214 + index,
    scan:
      index === 9
        ? { state: 'running' as const, incomplete: [] }
        : index === 10
          ? { state: 'failed' as const, error: 'layer 3: unexpected end of gzip stream', incomplete: [] }
          : {
              state: 'done' as const,
              at: ago(base, 30 + index),
              incomplete:
                index === 3
                  ? [{ path: '/opt/agent/bundle.jar', reason: 'nested archive is deeper than 8', code: 'too_deep' }]
                  : [],
            },
    vulnerabilities:
      index === 9 || index === 10 || index === 11
        ? { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 }
        : { CRITICAL: index % 4, HIGH: (index * 3) % 17, MEDIUM: 21, LOW: 48, UNKNOWN: 1 },
    secrets: index === 1 ? 2 : 0,
    malware: index === 7 ? 1 : 0,
    running: index < 8 ? 8 : 0,
    ...(index % 2 === 0 ? { base: { name: 'debian:12-slim', how: 'same first layers' } } : {}),
  }))
}

export function makeImageDetail(image: Image): ImageDetail {
  const none = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 }
  const lines = [
    'ADD rootfs.tar.xz /',
    'RUN apt-get update && apt-get install -y ca-certificates libssl3',
    'WORKDIR /app',
    'COPY package.json package-lock.json ./',
    'RUN npm ci --omit=dev',
    'COPY . .',
    'USER node',
    'CMD ["node","server.js"]',
  ]
  return {
    ...image,
    layersList: lines.map((createdBy, index) => ({
      diffId: digest(index + 4096),
      size: [29_100_000, 18_400_000, 0, 182_000, 64_000_000, 2_100_000, 0, 0][index]!,
      createdBy,
      packages: [88, 14, 0, 0, 112, 0, 0, 0][index]!,
      vulnerabilities:
        index === 0 ? { ...none, HIGH: 2, MEDIUM: 11, LOW: 40 } : index === 4 ? image.vulnerabilities : none,
      fromBase: index === 0,
    })),
    fixes: [
      {
        package: 'libssl3',
        from: '3.0.11-1~deb12u1',
        to: '3.0.15-1~deb12u1',
        removes: 9,
        worst: 'CRITICAL',
        diff: '--- Dockerfile\n+++ Dockerfile\n@@ -1,3 +1,3 @@\n-FROM debian:12.2-slim\n+FROM debian:12.8-slim\n RUN apt-get update\n',
      },
      {
        package: 'express',
        from: '4.17.1',
        to: '4.21.2',
        removes: 4,
        worst: 'HIGH',
        diff: '--- package.json\n+++ package.json\n@@ dependencies @@\n-    "express": "4.17.1"\n+    "express": "4.21.2"\n',
      },
    ],
    previous: digest(900),
    containers: image.running > 0 ? [{ id: 'c00000000001', name: 'shop-api', state: 'running' }] : [],
  }
}

export function makeDiff(id: string): ImageDiff {
  return {
    from: digest(900),
    to: id,
    packages: [
      { name: 'express', before: '4.17.3', after: '4.17.1' },
      { name: 'left-pad', after: '1.3.0' },
      { name: 'curl', before: '7.88.1-10' },
    ],
    added: [{ id: 'CVE-2024-29041', package: 'express', severity: 'MEDIUM' }],
    removed: [{ id: 'CVE-2023-38545', package: 'curl', severity: 'CRITICAL' }],
  }
}

export function makePackages(count = 260): ImagePackage[] {
  const next = random(11)
  return Array.from({ length: count }, (_, index) => {
    const deb = index % 2 === 0
    const name = deb ? `lib${pick(next, ['ssl', 'xml', 'curl', 'zstd', 'png'])}${index}` : `@scope/module-${index}`
    return {
      purl: deb
        ? `pkg:deb/debian/${name}@1.${index}-1?distro=debian-12`
        : `pkg:npm/%40scope/module-${index}@2.${index}.0`,
      name,
      version: deb ? `1.${index}-1` : `2.${index}.0`,
      ecosystem: deb ? 'deb' : 'npm',
      path: deb ? '/var/lib/dpkg/status' : `/app/node_modules/@scope/module-${index}/package.json`,
      licenses: [deb ? 'OpenSSL' : 'MIT'],
      inUse: pick(next, ['yes', 'no', 'unknown'] as const),
      vulnerabilities: {
        CRITICAL: index % 40 === 0 ? 1 : 0,
        HIGH: index % 13 === 0 ? 2 : 0,
        MEDIUM: 0,
        LOW: 0,
        UNKNOWN: 0,
      },
      images: 3,
    }
  })
}
