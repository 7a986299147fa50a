import type { AlertBatch, Hello, Snapshot } from './schemas/agent.ts'

/** What an agent of the tests tells. */
export const hello: Hello = {
  id: 'host-1',
  name: 'web-1',
  os: 'Debian 12',
  kernel: '6.1',
  cores: 2,
  memory: 4e9,
  agentVersion: '0.1.0',
  runtimes: [{ name: 'docker', version: '24', connected: true }],
}

export const imageId = `sha256:${'a'.repeat(64)}`

export function container(more: Partial<Snapshot['containers'][number]> = {}): Snapshot['containers'][number] {
  return {
    id: 'c'.repeat(64),
    name: 'shop-web-1',
    image: 'shop/web:1.0',
    imageId,
    runtime: 'docker',
    state: 'running',
    createdAt: '2026-01-01T00:00:00Z',
    startedAt: '2026-01-01T00:00:01Z',
    owner: 'shop',
    service: 'web',
    user: 'root',
    privileged: false,
    ports: [],
    mounts: [],
    risks: [],
    actions: [],
    ...more,
  }
}

export function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    hostId: hello.id,
    containers: [container()],
    images: [{ id: imageId, names: ['shop/web:1.0'], digests: [], size: 100, createdAt: '2025-12-01T00:00:00Z' }],
    risks: [],
    sensor: { state: 'running', losses: [], produced: 100, filtered: 10, judged: 90, lost: 0 },
    ...more,
  }
}

/** An image of Debian 12 with packages that the starter advisories know, and the files that each owns. */
export function inventory(packages: { name: string; version: string; files?: string[]; source?: string }[]) {
  return {
    artifact: {
      name: 'shop/web:1.0',
      type: 'container_image',
      imageId,
      repoTags: ['shop/web:1.0'],
      repoDigests: [],
      layers: [{ index: 0, diffId: `sha256:${'1'.repeat(64)}`, size: 10, createdBy: 'ADD file' }],
      size: 10,
    },
    os: { family: 'debian', version: '12.5', release: { ID: 'debian', VERSION_ID: '12' } },
    packages: packages.map(({ name, version, files, source }) => ({
      id: `pkg:deb/debian/${name}@${version}?arch=amd64&distro=debian-12`,
      name,
      version,
      type: 'deb',
      purl: `pkg:deb/debian/${name}@${version}?arch=amd64&distro=debian-12`,
      foundBy: 'debian',
      path: 'var/lib/dpkg/status',
      layer: { index: 0, diffId: `sha256:${'1'.repeat(64)}` },
      licenses: [],
      source: { name: source ?? name, version },
      dependsOn: [],
      ...(files && { files }),
    })),
    incomplete: [],
    timing: {},
  }
}

export function alerts(
  count: number,
  more: { incident?: string; from?: number; rule?: string; time?: string } = {},
): AlertBatch {
  const { incident = 'inc-1', from = 0, rule = 'Terminal shell in container', time = '2026-01-02T00:00:00.000Z' } = more
  return {
    hostId: hello.id,
    items: Array.from({ length: count }, (_, i) => ({
      id: `${incident}-${from + i}`,
      alert: {
        time,
        rule,
        priority: 'Notice',
        source: 'syscall',
        output: `Shell ${from + i} by user_name`,
        output_fields: { 'proc.name': 'bash', 'proc.cmdline': `bash ${from + i}` },
        hostname: 'web-1',
        tags: ['container', 'T1059'],
        container: { id: 'c'.repeat(64), name: 'shop-web-1', image: 'shop/web:1.0', imageId },
      },
      incident,
      workload: 'shop/web',
      lineage: [{ pid: 1, comm: 'sh', cmdline: 'sh' }],
    })),
    held: [],
  }
}
