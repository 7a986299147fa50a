import type { Process } from '../../base/model/runtime.ts'

/** Start times told by /proc are in ticks: two that close are the same. */
const sameStart = 30_000_000n

export interface ProcessTable {
  /** The process of a pid that started then; made from `unknown` when it was never seen. */
  get(pid: number, startedAt: bigint): Process
  find(pid: number): Process | undefined
  /** Puts a process in place of the one that had its pid. */
  put(process: Process): void
  /** It stays for `lingering` more exits, for events and children that still name it. */
  exit(pid: number): void
  readonly size: number
}

export interface ProcessTableOptions {
  /** What /proc tells of a pid, when it still runs. */
  readProcess: (pid: number) => Process | undefined
  limit?: number
  lingering?: number
}

/** A bounded table of processes. The oldest go first; a process keeps its parents alive, so many as `cutLineage` leaves it. */
export function createProcessTable({
  readProcess,
  limit = 65_536,
  lingering = 4096,
}: ProcessTableOptions): ProcessTable {
  const byPid = new Map<number, Process>()
  const ended: Process[] = []
  const put = (process: Process): void => {
    byPid.delete(process.pid)
    byPid.set(process.pid, process)
    link(process)
    cutLineage(process)
    if (byPid.size > limit) byPid.delete(byPid.keys().next().value!)
  }
  const link = (process: Process): void => {
    if (process.parent || process.ppid === 0 || process.ppid === process.pid) return
    const parent = byPid.get(process.ppid) ?? readProcess(process.ppid)
    if (!parent) return
    if (!byPid.has(parent.pid)) put(parent)
    if (parent !== process) process.parent = parent
  }
  return {
    put,
    find: pid => byPid.get(pid),
    get size() {
      return byPid.size
    },
    get(pid, startedAt) {
      const known = byPid.get(pid)
      if (known && isSame(known, startedAt)) return known
      const found = readProcess(pid)
      const process = found && isSame(found, startedAt) ? found : emptyProcess(pid, startedAt)
      process.startedAt = startedAt
      put(process)
      return process
    },
    exit(pid) {
      const process = byPid.get(pid)
      if (!process) return
      ended.push(process)
      if (ended.length <= lingering) return
      const gone = ended.shift()!
      if (byPid.get(gone.pid) === gone) byPid.delete(gone.pid)
    },
  }
}

/** A program that forks itself over and over would otherwise keep all that it ever was. */
const longestLineage = 64
function cutLineage(process: Process): void {
  let ancestor: Process | undefined = process
  for (let depth = 0; depth < longestLineage && ancestor; depth++) ancestor = ancestor.parent
  if (ancestor) delete ancestor.parent
}

function isSame(process: Process, startedAt: bigint): boolean {
  const apart = process.startedAt - startedAt
  return apart < sameStart && apart > -sameStart
}

/** A process of which only the number is known. */
export function emptyProcess(pid: number, startedAt: bigint): Process {
  return {
    pid,
    ppid: 0,
    vpid: 0,
    vpgid: 0,
    sid: 0,
    startedAt,
    comm: '',
    exe: '',
    exepath: '',
    args: [],
    env: [],
    cwd: '',
    tty: 0,
    uid: 0,
    gid: 0,
    loginuid: -1,
    capPermitted: 0n,
    capEffective: 0n,
    capInheritable: 0n,
    exeUpperLayer: false,
    exeMemfd: false,
    exeWritable: false,
    exeInode: 0n,
    exeCtime: 0n,
    exeMtime: 0n,
    cgroupId: 0n,
    containerId: '',
  }
}

/** A child as fork leaves it: all of its parent's, another number. */
export function forked(parent: Process, pid: number, vpid: number, startedAt: bigint): Process {
  return { ...parent, pid, ppid: parent.pid, vpid, startedAt, parent }
}
