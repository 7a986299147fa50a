import type { Metrics } from '../reporting/metrics/metrics.ts'
import type { Audit } from './audit/audit.ts'
import type { Seal } from './auth/seal.ts'
import type { Db, Store } from './db/open.ts'
import type { Queue } from './jobs/queue.ts'
import type { Verdicts } from './judge/verdicts.ts'
import type { Bus } from './live/bus.ts'
import type { Notifying } from './notify/model.ts'
import type { SettingsStore } from './settings.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
/** Where the server tells what it does. Never a secret, never a request's body. */
export type Log = (level: LogLevel, text: string, more?: Record<string, unknown>) => void

/** What every route and job of the server works with. */
export interface Context {
  version: string
  startedAt: number
  /** Folder of keys, certificates and the embedded store. */
  state: string
  store: Store
  db: Db
  now: () => number
  log: Log
  bus: Bus
  settings: SettingsStore
  seal: Seal
  audit: Audit
  queue: Queue
  verdicts: Verdicts
  /** Nothing may be fetched. */
  offline: boolean
  /** Where the advisory database stands. */
  advisories: { db?: string; cacheDir?: string }
  /** Address of the console for links in notices; '' until the server listens. */
  links: { base: string }
  /** What Prometheus is told; there once the server has started. */
  metrics?: Metrics
  /** What tells people; there once the server has started. */
  notifying?: Notifying
  /** Requests over TLS: cookies are bound to the host then. */
  secure: boolean
  /** Ends everything that waits: streams, leases. */
  stopping: AbortSignal
}
