import { maskText } from '../../base/mask.ts'
import type { RuntimeEvent } from '../../base/model/runtime.ts'
import { isoTime } from '../fields/time.ts'

/** The last events of each container, for evidence: kept as they came, masked when they are asked for. */
export interface RecentEvents {
  note(event: RuntimeEvent): void
  /** Oldest first, a line each: time, type, process, what it acted on, result. */
  lines(containerId: string): string[]
  /** The container is gone. */
  forget(containerId: string): void
}

/** Events keep their processes, with environments, in memory: some hundred kilobytes a container. */
const each = 100
const mostContainers = 100
const maxLine = 2048

interface Ring {
  events: RuntimeEvent[]
  at: number
}

export function createRecentEvents(): RecentEvents {
  const rings = new Map<string, Ring>()
  const ringOf = (id: string): Ring => {
    const known = rings.get(id)
    if (known) return known
    const ring = { events: [], at: 0 }
    rings.set(id, ring)
    if (rings.size > mostContainers) rings.delete(rings.keys().next().value!)
    return ring
  }
  return {
    note(event) {
      const id = event.process.containerId
      if (id === '') return
      const ring = ringOf(id)
      ring.events[ring.at] = event
      ring.at = ring.at + 1 === each ? 0 : ring.at + 1
    },
    lines(containerId) {
      const ring = rings.get(containerId)
      if (!ring) return []
      return [...ring.events.slice(ring.at), ...ring.events.slice(0, ring.at)].map(lineOf)
    },
    forget(containerId) {
      rings.delete(containerId)
    },
  }
}

function lineOf({ time, type, process, fd, args, result }: RuntimeEvent): string {
  const command = [process.comm, ...process.args].join(' ').slice(0, maxLine)
  const details = Object.entries(args)
    .filter(([, value]) => !(value instanceof Uint8Array))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')
  const target = fd ? ` fd=${fd.num}(${fd.name})` : ''
  return maskText(
    `${isoTime(time)} ${type} pid=${process.pid} uid=${process.uid} [${command}]${target} ${details} = ${result}`.slice(
      0,
      2 * maxLine,
    ),
  )
}
