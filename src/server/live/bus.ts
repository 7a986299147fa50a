import { type LiveEvent, liveEvent } from '../schemas/events.ts'

export type LiveType = LiveEvent['type']
export interface Numbered extends LiveEvent {
  number: number
}

/** What changes, told to whoever listens. The same thing changing often is told once per pause. */
export interface Bus {
  emit(type: LiveType, id?: string): void
  /** Hears everything from now on; what it answers ends that. */
  listen(hear: (event: Numbered) => void): () => void
  /** What came behind a number; undefined when that is too long ago: then everything may have changed. */
  since(number: number): Numbered[] | undefined
  close(): void
}

const pause = 250
const remembered = 1000
/** More changes of one kind within a pause are told as one, about everything (`id` is ''). */
const mostAtOnce = 50

export function createBus(): Bus {
  const hearers = new Set<(event: Numbered) => void>()
  const past: Numbered[] = []
  // Numbers go on over a restart, so that an old number is never taken for a new one.
  let number = Date.now() * 1000
  let waiting = new Map<LiveType, Set<string>>()
  let timer: NodeJS.Timeout | undefined
  const tell = () => {
    timer = undefined
    const now = waiting
    waiting = new Map()
    for (const [type, ids] of now) {
      for (const id of ids.size > mostAtOnce ? [''] : ids) {
        const event = { number: ++number, type, id }
        past.push(event)
        for (const hear of hearers) hear(event)
      }
    }
    if (past.length > remembered) past.splice(0, past.length - remembered)
  }
  return {
    emit(type, id = '') {
      const ids = waiting.get(type) ?? new Set()
      if (ids.size <= mostAtOnce) ids.add(id)
      waiting.set(type, ids)
      timer ??= setTimeout(tell, pause).unref()
    },
    listen(hear) {
      hearers.add(hear)
      return () => void hearers.delete(hear)
    },
    since(from) {
      const oldest = past[0]?.number ?? number + 1
      if (from < oldest - 1 || from > number) return undefined
      return past.filter(event => event.number > from)
    },
    close() {
      clearTimeout(timer)
      hearers.clear()
    },
  }
}

export const liveTypes = liveEvent.shape.type.options
