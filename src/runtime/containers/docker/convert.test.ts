import assert from 'node:assert/strict'
import { test } from 'node:test'
import { risksOf } from '../risks.ts'
import { convertContainer } from './convert.ts'
import { parseEvent } from './events.ts'

const id = '0123456789abcdef'.repeat(4)

const inspected = {
  Id: id,
  Name: '/shop-web-1',
  Created: '2026-01-01T00:00:00Z',
  Image: 'sha256:1111',
  State: { Status: 'running', Pid: 42, StartedAt: '2026-01-01T00:00:01Z', FinishedAt: '0001-01-01T00:00:00Z' },
  Config: {
    Image: 'registry:5000/web:1',
    User: '',
    Labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' },
    Healthcheck: { Test: ['CMD-SHELL', 'curl localhost'] },
  },
  HostConfig: {
    Privileged: true,
    CapAdd: ['cap_net_admin', 'SYS_PTRACE'],
    CapDrop: null,
    NetworkMode: 'host',
    PidMode: 'host',
    IpcMode: 'private',
    CpuQuota: 150000,
    CpuPeriod: 100000,
    SecurityOpt: ['seccomp=unconfined'],
  },
  Mounts: [
    { Type: 'bind', Source: '/var/run/docker.sock', Destination: '/s', RW: true, Mode: '', Propagation: 'rprivate' },
    { Type: 'bind', Source: '/etc', Destination: '/host', RW: false, Mode: 'ro', Propagation: 'rprivate' },
    { Type: 'volume', Source: '/var/lib/docker/volumes/a/_data', Destination: '/data', RW: true },
  ],
  NetworkSettings: {
    Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '443/tcp': null },
    Networks: { shop: { IPAddress: '172.18.0.2', Gateway: '172.18.0.1' } },
  },
  GraphDriver: { Name: 'overlay2', Data: { UpperDir: '/var/lib/docker/overlay2/x/diff', LowerDir: '/l/2:/l/1' } },
}

test("Docker's description becomes ours", () => {
  const info = convertContainer(inspected, {
    RepoTags: ['web:1'],
    RepoDigests: ['other@sha256:1', 'registry:5000/web@sha256:2'],
  })
  assert.equal(info.name, 'shop-web-1')
  assert.deepEqual(info.lowerDirs, ['/l/2', '/l/1'])
  assert.deepEqual([info.imageRepository, info.imageTag], ['registry:5000/web', '1'])
  assert.equal(info.imageDigest, 'registry:5000/web@sha256:2')
  assert.deepEqual([info.composeProject, info.composeService], ['shop', 'web'])
  assert.deepEqual(info.capAdd, ['NET_ADMIN', 'SYS_PTRACE'])
  assert.deepEqual([info.hostNetwork, info.hostPid, info.hostIpc, info.privileged], [true, true, false, true])
  assert.deepEqual([info.pid, info.state, info.ip, info.cpuLimit], [42, 'running', '172.18.0.2', 1.5])
  assert.equal(info.finishedAt, undefined)
  assert.equal(info.healthcheck, 'curl localhost')
  assert.deepEqual(info.ports, [{ containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 8080 }])
  assert.deepEqual(risksOf(info), [
    'privileged',
    'cap:NET_ADMIN',
    'cap:SYS_PTRACE',
    'host-network',
    'host-pid',
    'runtime-socket',
    'mount:/etc:ro',
    'seccomp=unconfined',
    'root',
  ])
})

test("Kubernetes' labels make a pod", () => {
  const labels = {
    'io.kubernetes.pod.name': 'web-0',
    'io.kubernetes.pod.namespace': 'shop',
    'io.kubernetes.pod.uid': 'u',
  }
  const { pod } = convertContainer({ ...inspected, Config: { ...inspected.Config, Labels: labels } })
  assert.deepEqual([pod?.name, pod?.namespace, pod?.uid], ['web-0', 'shop', 'u'])
})

test('an image given by id takes its name from the image', () => {
  const { imageRepository, imageTag } = convertContainer(
    { ...inspected, Config: { Image: `sha256:${'1'.repeat(64)}` } },
    { RepoTags: ['a/b:3'] },
  )
  assert.deepEqual([imageRepository, imageTag], ['a/b', '3'])
})

test('a hostile description is data', () => {
  const labels = JSON.parse('{"__proto__":"x","constructor":"y","\\u001b[31m":"z","n":5}') as object
  const info = convertContainer({
    Id: id,
    Name: '/\u001b]0;x\u0007',
    Config: { Labels: labels, Image: null },
    HostConfig: 7,
    Mounts: 'no',
    State: null,
  })
  assert.equal(Object.hasOwn(info.labels, '__proto__'), true)
  assert.equal(({} as Record<string, unknown>).x, undefined)
  assert.equal(info.labels.n, undefined)
  assert.deepEqual([info.pid, info.state, info.mounts], [0, 'exited', []])
  for (const odd of [null, [], 'text', 5, undefined]) assert.equal(convertContainer(odd).id, '')
})

test('events of containers, and of networks they join', () => {
  const attributes = { name: 'a', image: 'b:1', team: 'x' }
  const line = (Type: string, Action: string, Actor: unknown): string => JSON.stringify({ Type, Action, Actor })
  assert.deepEqual(parseEvent(line('container', 'create', { ID: id, Attributes: attributes })), {
    kind: 'create',
    id,
    name: 'a',
    image: 'b:1',
    labels: { team: 'x' },
  })
  assert.equal(parseEvent(line('container', 'rename', { ID: id }))?.kind, 'update')
  assert.equal(parseEvent(line('network', 'connect', { ID: 'net', Attributes: { container: id } }))?.id, id)
  assert.equal(parseEvent(line('container', 'exec_create: sh', { ID: id })), undefined)
  assert.equal(parseEvent(line('image', 'pull', { ID: id })), undefined)
  for (const odd of ['', '{', 'null', '[]', '{"Type":"container"}']) assert.equal(parseEvent(odd), undefined)
})

test('labels that the image brought along are told apart, and make no pod', () => {
  const pod = { 'io.kubernetes.pod.name': 'p', 'io.kubernetes.pod.namespace': 'kube-system' }
  const Labels = { ...pod, 'jenner.protect': 'true', tier: 'core' }
  const of = (brought: object) =>
    convertContainer({ ...inspected, Config: { ...inspected.Config, Labels } }, { Config: { Labels: brought } })
  const own = of({ 'jenner.protect': 'false', other: 'x' })
  assert.equal(own.imageLabels, undefined)
  assert.equal(own.pod?.namespace, 'kube-system')
  const fooled = of({ ...pod, 'jenner.protect': 'true' })
  assert.deepEqual(fooled.imageLabels, [...Object.keys(pod), 'jenner.protect'])
  assert.equal(fooled.pod, undefined)
  assert.equal(fooled.labels.tier, 'core')
})
