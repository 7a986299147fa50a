import type { QueryClient } from '@tanstack/react-query'
import type { LiveEvent } from '../../../server/schemas/events.ts'

/** What must be read again when something of a type changed. */
const touched: Record<LiveEvent['type'], string[]> = {
  incident: ['incidents', 'today'],
  alert: ['alerts', 'incidents', 'today'],
  container: ['containers', 'hosts', 'events', 'today'],
  image: ['images', 'packages', 'vulnerabilities', 'findings', 'today'],
  job: ['jobs'],
  action: ['actions', 'incidents', 'containers'],
  decision: ['decisions', 'vulnerabilities', 'findings', 'today'],
  drill: ['drills'],
  host: ['hosts', 'today'],
  health: ['health', 'today'],
  report: ['reports'],
}

export type LiveState = 'connecting' | 'live' | 'lost'

/** Follows the server's events; what they name is read again, at most once a second. Returns how to stop. */
export function followLive(client: QueryClient, tell: (state: LiveState) => void): () => void {
  const waiting = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    for (const room of waiting) void client.invalidateQueries({ queryKey: [room] })
    waiting.clear()
  }
  const source = new EventSource('/api/v1/stream')
  source.onopen = () => tell('live')
  source.onerror = () => tell(source.readyState === EventSource.CLOSED ? 'lost' : 'connecting')
  for (const type of Object.keys(touched) as LiveEvent['type'][]) {
    source.addEventListener(type, () => {
      for (const room of touched[type]) waiting.add(room)
      timer ??= setTimeout(flush, 1000)
    })
  }
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
