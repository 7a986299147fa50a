import type { Process, RuntimeEvent } from '../../base/model/runtime.ts'

/** How much processor time a process has used so far, and when it started; times in ticks of a hundredth of a second. */
export interface Usage {
  pid: number
  started: string
  ticks: number
  containerId: string
}

export interface BusyOptions {
  /** All processes of containers. */
  usages(): Usage[]
  /** Who a pid is, with its container; undefined when it is gone. */
  processOf(pid: number): Process | undefined
  /** Processors that a container may use; undefined without a limit. */
  coresOf?(containerId: string): number | undefined
  judge(event: RuntimeEvent): void
}

/** How often is looked, in ms; at how much of one processor (or of what its container may use, where that is less) a process counts as busy; how many looks in a row it takes. */
const every = 10_000
const share = 0.8
const inRow = 12

interface Seen {
  started: string
  ticks: number
  busy: number
}

/**
 * Tells of processes that keep a processor busy for two minutes at one stretch, once for each: the event `jenner.sustained_cpu`, with `share` (percent of one processor over
 * the last look) and `seconds`. To be called with the time of day in ms, often.
 */
export function watchBusy({ usages, processOf, coresOf, judge }: BusyOptions): (now: number) => void {
  let seen = new Map<number, Seen>()
  let looked = 0
  let count = 0
  return now => {
    const passed = now - looked
    if (passed >= 0 && passed < every) return
    const comparable = looked > 0 && passed >= 0 && passed < 3 * every
    looked = now
    const next = new Map<number, Seen>()
    for (const { pid, started, ticks, containerId } of usages()) {
      const before = seen.get(pid)
      const used = before && before.started === started ? (ticks - before.ticks) * 10 : 0
      const busy =
        comparable && used >= passed * share * Math.min(1, coresOf?.(containerId) || 1) ? (before?.busy ?? 0) + 1 : 0
      next.set(pid, { started, ticks, busy })
      const process = busy === inRow ? processOf(pid) : undefined
      if (process) judge(eventOf(process, now, ++count, Math.round((used * 100) / passed)))
    }
    seen = next
  }
}

function eventOf(process: Process, now: number, num: number, percent: number): RuntimeEvent {
  return {
    num,
    type: 'jenner.sustained_cpu',
    time: BigInt(now) * 1_000_000n,
    cpu: 0,
    tid: process.pid,
    result: 0n,
    process,
    args: { share: percent, seconds: (inRow * every) / 1000 },
  }
}

/** proc(5), /proc/PID/stat: `pid (comm) state ppid …`; utime and stime are fields 14 and 15, starttime 22. */
export function parseUsage(pid: number, stat: string, containerId = ''): Usage | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [user, system, started] = [fields[11], fields[12], fields[19]]
  if (user === undefined || system === undefined || started === undefined) return undefined
  return { pid, started, ticks: Number(user) + Number(system), containerId }
}
