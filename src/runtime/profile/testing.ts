import type { Process, RuntimeEvent } from '../../base/model/runtime.ts'

/** For tests: a process of a container, and events of it. */
export function testProcess(over: Partial<Process> = {}): Process {
  return {
    pid: 100,
    ppid: 1,
    vpid: 10,
    vpgid: 10,
    sid: 1,
    startedAt: 1n,
    comm: 'app',
    exe: 'app',
    exepath: '/usr/bin/app',
    args: [],
    env: [],
    cwd: '/',
    tty: 0,
    uid: 1000,
    gid: 1000,
    loginuid: -1,
    capPermitted: 0n,
    capEffective: 0n,
    capInheritable: 0n,
    exeUpperLayer: false,
    exeMemfd: false,
    exeWritable: false,
    exeInode: 1n,
    exeCtime: 0n,
    exeMtime: 0n,
    cgroupId: 7n,
    containerId: 'c'.repeat(64),
    ...over,
  }
}

export function testEvent(type: string, seconds: number, over: Partial<RuntimeEvent> = {}): RuntimeEvent {
  const time = BigInt(Math.round(seconds * 1000)) * 1_000_000n + 1_700_000_000_000_000_000n
  return { num: 1, type, time, cpu: 0, tid: 100, result: 0n, process: testProcess(), args: {}, ...over }
}

export function connectTo(
  seconds: number,
  remoteIp: string,
  remotePort: number,
  over: Partial<RuntimeEvent> = {},
): RuntimeEvent {
  const fd = { num: 5, typechar: '4', name: '', l4proto: 'tcp' as const, remoteIp, remotePort }
  return testEvent('connect', seconds, { fd, ...over })
}
