import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { LoadedRow } from '../runtime/watch/loaded.ts'
import type { AlertBatch, DeedBatch, EventBatch, LoadedBatch, LogBatch } from '../server/schemas/agent.ts'
import type { Api } from './api.ts'
import { createOutbox } from './outbox.ts'
import type { Watched } from './watching.ts'

type AlertItem = AlertBatch['items'][number]
type EventItem = EventBatch['items'][number]
type LoadedItem = LoadedBatch['items'][number]
type DeedItem = DeedBatch['items'][number]
type LogItem = LogBatch['items'][number]

export interface FeedOptions {
  api: Api
  hostId: string
  state: string
}

/** What this agent tells the server as it happens: alerts, files in use, starts and ends of containers. All of it waits on disk while the server is away. */
export interface Feed {
  /** Answers by which name the server knows its incident. */
  alert(watched: Watched): string
  /** A step that a playbook took. */
  deed(deed: DeedItem): void
  /** A name for what the server is told of later; unique over restarts and hosts. */
  newId(): string
  loaded(rows: readonly LoadedRow[], watchedSince: string): void
  event(event: Omit<EventItem, 'id'>): void
  log(line: LogItem): void
  /** Items that were counted and given up. */
  dropped(): number
  close(): Promise<void>
}

const mostLineages = 10_000
const mostPaths = 10_000

export function createFeed({ api, hostId, state }: FeedOptions): Feed {
  const folder = join(state, 'spool')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const outbox = <Item>(name: string, path: string, more: object = {}) =>
    createOutbox<Item>({
      file: join(folder, `${name}.jsonl`),
      send: async items => void (await api.post(path, { hostId, items, ...more })),
    })
  const alerts = outbox<AlertItem>('alerts', '/agent/alerts', { held: [] })
  const events = outbox<EventItem>('events', '/agent/events')
  const deeds = outbox<DeedItem>('actions', '/agent/actions')
  const loads = outbox<LoadedItem>('loaded', '/agent/loaded')
  const logs = outbox<LogItem>('logs', '/agent/logs')
  const boxes = [alerts, events, deeds, loads, logs]
  const lineages = new Map<string, AlertItem['lineage']>()
  const run = `${Date.now().toString(36)}${process.pid.toString(36)}`
  let count = 0
  /** Unique over restarts; the same item sent twice has the same. */
  const nextId = (): string => `${hostId.slice(0, 8)}-${run}-${(++count).toString(36)}`
  return {
    alert({ alert, workload, lineage }) {
      const incident = `${run}-${alert.incident ?? alert.rule}`
      if (lineage !== undefined) {
        if (lineages.size >= mostLineages) lineages.clear()
        lineages.set(incident, lineage)
      }
      const { incident: _, ...form } = alert
      const ref = incidentId(hostId, workload, incident)
      alerts.put({
        id: nextId(),
        alert: form as AlertItem['alert'],
        incident: ref,
        workload,
        lineage: lineages.get(incident) ?? [],
      })
      return ref
    },
    deed: deed => deeds.put(deed),
    newId: nextId,
    loaded(rows, watchedSince) {
      for (const { containerId, imageId, paths } of rows)
        for (let at = 0; at < paths.length; at += mostPaths)
          loads.put({ containerId, imageId, watchedSince, paths: paths.slice(at, at + mostPaths) })
    },
    event: event => events.put({ ...event, id: nextId() }),
    log: line => logs.put(line),
    dropped: () => boxes.reduce((sum, box) => sum + box.dropped(), 0),
    close: async () => void (await Promise.all(boxes.map(box => box.close()))),
  }
}

function incidentId(hostId: string, workload: string, incident: string): string {
  return createHash('sha256').update(`${hostId}\0${workload}\0${incident}`).digest('hex').slice(0, 24)
}
