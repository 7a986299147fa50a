import type { QueryClient } from '@tanstack/react-query'
import type { LiveEvent } from '../../../server/schemas/events.ts'

/** What must be read again when something of a type changed. */
const touched: Record<LiveEvent['type'], string[]> = {
  incident: ['incidents', 'today'],
  alert: ['alerts', 'incidents', 'today'],
  container: ['containers', 'hosts', 'events', 'today'],
  image: ['images', 'packages', 'vulnerabilities', 'findings', 'today'],
  job: ['jobs', 'health'],
  action: ['actions', 'incidents', 'containers'],
  decision: ['decisions', 'vulnerabilities', 'findings', 'today'],
  drill: ['drills'],
  host: ['hosts', 'today'],
  health: ['health', 'today'],
  report: ['reports'],
}

export type LiveState = 'connecting' | 'live' | 'lost'

const gather = 1000
const comeBack = 5000

/**
 * Follows the server's events; what they name is read again, at most once a second. A browser comes back by itself after a broken connection, but not after a
 * refusal: then this does, and all that is on screen is read again. Returns how to stop.
 */
export function followLive(client: QueryClient, tell: (state: LiveState) => void): () => void {
  const waiting = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let source: EventSource
  let missed = false
  const flush = () => {
    timer = undefined
    for (const room of waiting) void client.invalidateQueries({ queryKey: [room] })
    waiting.clear()
  }
  const open = () => {
    source = new EventSource('/api/v1/stream')
    source.onopen = () => {
      tell('live')
      if (missed) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
      missed = false
    }
    source.onerror = () => {
      missed = true
      if (source.readyState !== EventSource.CLOSED) return tell('connecting')
      tell('lost')
      clearTimeout(again)
      again = setTimeout(open, comeBack)
    }
    for (const type of Object.keys(touched) as LiveEvent['type'][]) {
      source.addEventListener(type, () => {
        for (const room of touched[type]) waiting.add(room)
        timer ??= setTimeout(flush, gather)
      })
    }
  }
  open()
  return () => {
    clearTimeout(timer)
    clearTimeout(again)
    source.close()
  }
}
