import type { ContainerInfo, Process, RuntimeEvent } from '../../base/model/runtime.ts'

/** Made-up processes, containers and events for tests and benchmarks: a whole one, with what the test is about put over it. */

export function someProcess(over: Partial<Process> = {}): Process {
  return {
    pid: 4242,
    ppid: 4000,
    vpid: 7,
    vpgid: 7,
    sid: 1,
    startedAt: 1_000_000_000n,
    comm: 'sh',
    exe: '/bin/sh',
    exepath: '/usr/bin/dash',
    args: ['-c', 'cat /etc/shadow'],
    env: ['PATH=/usr/bin:/bin', 'HOME=/root'],
    cwd: '/srv',
    tty: 34816,
    uid: 0,
    gid: 0,
    loginuid: -1,
    capPermitted: 0n,
    capEffective: 0n,
    capInheritable: 0n,
    exeUpperLayer: false,
    exeMemfd: false,
    exeWritable: false,
    exeInode: 77n,
    exeCtime: 500_000_000n,
    exeMtime: 400_000_000n,
    cgroupId: 9n,
    containerId: 'c0ffee'.repeat(10).padEnd(64, '0'),
    ...over,
  }
}

export function someContainer(over: Partial<ContainerInfo> = {}): ContainerInfo {
  return {
    id: 'c0ffee'.repeat(10).padEnd(64, '0'),
    name: 'shop-web-1',
    runtime: 'docker',
    image: 'registry.example/shop/web:1.25',
    imageRepository: 'registry.example/shop/web',
    imageTag: '1.25',
    imageId: `sha256:${'ab'.repeat(32)}`,
    imageDigest: `registry.example/shop/web@sha256:${'cd'.repeat(32)}`,
    labels: { team: 'shop' },
    privileged: false,
    capAdd: [],
    hostNetwork: false,
    hostPid: false,
    hostIpc: false,
    mounts: [
      {
        source: '/proc',
        destination: '/host/proc',
        mode: 'ro',
        writable: false,
        propagation: 'rprivate',
        type: 'bind',
      },
      { source: '/srv/data', destination: '/data', mode: '', writable: true, propagation: 'rprivate', type: 'bind' },
    ],
    user: '',
    createdAt: '2026-03-01T00:00:00Z',
    startedAt: '2026-03-01T00:00:01Z',
    state: 'running',
    pid: 4000,
    ip: '172.17.0.2',
    ...over,
  }
}

export function someEvent(type: string, over: Partial<RuntimeEvent> = {}): RuntimeEvent {
  return {
    num: 1,
    type,
    time: 1_700_000_005_000_000_000n,
    cpu: 1,
    tid: 4242,
    result: 0n,
    process: someProcess(),
    args: {},
    container: someContainer(),
    ...over,
  }
}
