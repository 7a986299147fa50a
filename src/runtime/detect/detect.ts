import type { Process, RuntimeEvent } from '../../base/model/runtime.ts'
import { type CpuReading, type CpuState, createCpuState, takeReading } from './cpu.ts'
import { privateAddress } from './private-address.ts'
import { createBounded, createRecent, createRecentSet, type Recent, type RecentSet } from './recent.ts'
import { type DetectionType, scaled, thresholds } from './thresholds.ts'

/**
 * Counts over events what no rule on one event can say. Each answer is an event of its own type, `jenner.fork_bomb` and the like, with the numbers in `args`
 * (`count`, `limit`, `seconds`), which rules may name in `evt.type`. The same is told again only after a minute.
 */
export interface Detectors {
  /** Events outside of containers are passed over. */
  observe(event: RuntimeEvent): RuntimeEvent[]
  /** `process` is the container's first, or its busiest. */
  reading(reading: CpuReading, process: Process): RuntimeEvent[]
}

interface Counters {
  /** Processes begun lately that neither ended nor ran a program, by their numbers. */
  idleForks: RecentSet
  execs: Recent
  refusedDescriptors: Recent
  ports: (address: string) => RecentSet
  hosts: (port: string) => RecentSet
  cpu: CpuState
  /** Second of the last answer by type. */
  told: Map<DetectionType, number>
}

const maxContainers = 1000
const maxAddresses = 200
const quietSeconds = 60
const forks = new Set(['clone', 'clone3', 'fork', 'vfork'])
const threadFlag = 0x10000
const tooManyFiles = new Set([-24n, -23n])

export function createDetectors(cores: number): Detectors {
  const counters = createBounded(maxContainers, createCounters)
  return {
    observe: event =>
      isCounted(event) && event.process.containerId !== ''
        ? observe(counters(event.process.containerId), event, cores)
        : none,
    reading(reading, process) {
      const found = takeReading(counters(reading.containerId).cpu, reading)
      if (found === undefined) return []
      const args = { share: Math.round(found.share * 100), seconds: found.seconds }
      return [
        {
          num: 0,
          type: 'jenner.sustained_cpu',
          time: reading.time,
          cpu: 0,
          tid: process.pid,
          result: 0n,
          process,
          args,
        },
      ]
    },
  }
}

function createCounters(): Counters {
  const setOf = (type: DetectionType): (() => RecentSet) => {
    const { value, seconds } = thresholds[type]
    return () => createRecentSet(seconds, value * 4)
  }
  return {
    idleForks: setOf('jenner.fork_bomb')(),
    execs: createRecent(thresholds['jenner.exec_storm'].seconds),
    refusedDescriptors: createRecent(thresholds['jenner.descriptor_flood'].seconds),
    ports: createBounded(maxAddresses, setOf('jenner.port_scan')),
    hosts: createBounded(maxAddresses, setOf('jenner.lateral_fan_out')),
    cpu: createCpuState(),
    told: new Map(),
  }
}

const none: RuntimeEvent[] = []
const counted = new Set([...forks, 'procexit', 'execve', 'execveat', 'connect'])

/** Most events are none of those that are counted: they cost a look at their type and result. */
function isCounted({ type, result }: RuntimeEvent): boolean {
  return counted.has(type) || (result < 0n && tooManyFiles.has(result))
}

function observe(counters: Counters, event: RuntimeEvent, cores: number): RuntimeEvent[] {
  const second = Number(event.time / 1_000_000_000n)
  const { type } = event
  const found: RuntimeEvent[] = []
  const judge = (name: DetectionType, count: number, more: Record<string, string> = {}): void => {
    const limit = scaled(name, cores)
    if (count < limit || second - (counters.told.get(name) ?? Number.NEGATIVE_INFINITY) < quietSeconds) return
    counters.told.set(name, second)
    found.push({ ...event, type: name, args: { count, limit, seconds: thresholds[name].seconds, ...more } })
  }
  if (tooManyFiles.has(event.result)) {
    counters.refusedDescriptors.add(second)
    judge('jenner.descriptor_flood', counters.refusedDescriptors.sum(second))
  }
  if (isFork(event)) {
    judge('jenner.fork_bomb', counters.idleForks.add(second, String(event.result)))
  } else if (type === 'procexit') counters.idleForks.remove(String(event.process.pid))
  else if ((type === 'execve' || type === 'execveat') && event.result >= 0n) {
    counters.idleForks.remove(String(event.process.pid))
    counters.execs.add(second)
    judge('jenner.exec_storm', counters.execs.sum(second))
  } else if (type === 'connect') judgeConnection(counters, event, second, judge)
  return found
}

/** The parent's side of a fork, its result the child's number as the host counts; threads are none. */
function isFork({ type, result, args }: RuntimeEvent): boolean {
  return forks.has(type) && result > 0n && (Number(args.flags ?? 0) & threadFlag) === 0
}

function judgeConnection(
  counters: Counters,
  { fd }: RuntimeEvent,
  second: number,
  judge: (name: DetectionType, count: number, more: Record<string, string>) => void,
): void {
  const address = fd?.remoteIp ?? fd?.serverIp
  const port = fd?.remotePort ?? fd?.serverPort
  if (address === undefined || port === undefined || port === 0) return
  judge('jenner.port_scan', counters.ports(address).add(second, String(port)), { address })
  if (privateAddress(address))
    judge('jenner.lateral_fan_out', counters.hosts(String(port)).add(second, address), { port: String(port) })
}
