import { JennerError } from '../base/errors.ts'
import type { Alert, Incident, SensorCounters } from '../base/model/runtime.ts'
import type { LoadedRow } from '../runtime/watch/loaded.ts'
import type { WatchOptions } from '../runtime/watch/options.ts'
import type { DriftSwitch, Loss, RunningSensor, StartSensor } from '../runtime/watch/session.ts'
import { type Start, seesNothing, shortId } from './blind.ts'

export interface Watched {
  alert: Alert
  workload: string
  lineage?: Incident['lineage']
}

export interface WatchingOptions {
  start: StartSensor
  onAlert(watched: Watched): void
  onLoaded(rows: LoadedRow[]): void
  /** Before anything is watched: what is set here holds from the first event on. */
  onDrift?(drift: DriftSwitch): void
  /** What may run beside an image is another list now. */
  onListed?(image: string): void
  /** A sentence for the log. */
  say(line: string): void
  /** ms until a sensor that broke is started again; doubles each time up to a minute. */
  patience?: number
}

export interface SensorState {
  state: 'running' | 'off' | 'failed' | 'unsupported'
  reason?: string
  losses: Loss[]
  produced: number
  filtered: number
  judged: number
  lost: number
}

/** The sensor of this machine, kept running. */
export interface Watching {
  /** Starts judging by these rules and policies, in the place of those before. Never throws: `state` tells. */
  run(judge: WatchOptions): Promise<void>
  /** `starts`: the containers that run; a sensor that saw none of them begin has failed. */
  state(starts: readonly Start[], now?: number): Promise<SensorState>
  /** ISO time since when events are seen without a gap; undefined while nothing is, and for a sensor that is attached but blind. */
  since(): string | undefined
  setPolicy(containerId: string, policy: 'observe' | 'alert' | 'block'): Promise<void>
  /** The last events of a container, masked; none while nothing runs. */
  lastEvents(containerId: string): Promise<string[]>
  stop(): Promise<void>
}

const longest = 60_000
const mostSeen = 20_000

export function createWatching(options: WatchingOptions): Watching {
  const { start, say } = options
  let sensor: RunningSensor | undefined
  let judge: WatchOptions = {}
  let problem: Pick<SensorState, 'state' | 'reason'> = { state: 'off' }
  let since: string | undefined
  let blind: string | undefined
  const seen = new Set<string>()
  let before: SensorCounters = emptyCounters()
  let wait = options.patience ?? 1000
  let retry: NodeJS.Timeout | undefined
  let wanted = 0

  const begin = async (turn: number): Promise<void> => {
    try {
      const onLoaded = (drift: DriftSwitch): void => {
        if (turn === wanted) options.onDrift?.(drift)
      }
      seen.clear()
      const started = await start({ judge: { ...judge, loaded: true }, host: false, onLoaded, onMessage: take })
      if (turn !== wanted) return await started.stop()
      sensor = started
      since = new Date().toISOString()
      blind = seen.size > 0 ? undefined : started.blind
      if (blind !== undefined) say(blind)
      wait = options.patience ?? 1000
      started.ended.then(reason => turn === wanted && broke(turn, reason))
    } catch (error) {
      if (turn !== wanted) return
      const unsupported = error instanceof JennerError && error.code === 'unsupported'
      const reason = process.getuid?.() === 0 ? (error as Error).message : `needs root (${(error as Error).message})`
      problem = { state: unsupported ? 'unsupported' : 'failed', reason }
      say(reason)
      if (!unsupported) again(turn)
    }
  }
  const broke = (turn: number, reason: string): void => {
    problem = { state: 'failed', reason }
    sensor = undefined
    since = undefined
    say(reason)
    again(turn)
  }
  const again = (turn: number): void => {
    retry = setTimeout(() => void begin(turn), wait)
    wait = Math.min(longest, wait * 2)
  }
  const note = (rows: readonly LoadedRow[]): void => {
    if (seen.size > mostSeen) seen.clear()
    for (const { containerId } of rows) seen.add(shortId(containerId))
  }
  const look = (starts: readonly Start[], now: number): void => {
    if (since === undefined || (blind !== undefined && seen.size === 0)) return
    const known = blind
    blind = seesNothing({ since, seen, starts, now })
    if (blind !== undefined && known === undefined) say(blind)
  }
  const take: Parameters<StartSensor>[0]['onMessage'] = message => {
    if (message.kind === 'alert') options.onAlert(message)
    else if (message.kind === 'loaded') {
      note(message.rows)
      options.onLoaded(message.rows)
    } else if (message.kind === 'drift') options.onListed?.(message.image)
    else if (message.kind === 'notice') say(`${message.what}: ${message.why}`)
    else if (message.kind === 'fault') say(`${message.type}: ${message.reason}`)
  }
  const end = async (): Promise<void> => {
    clearTimeout(retry)
    const old = sensor
    sensor = undefined
    since = undefined
    if (old === undefined) return
    before = sum(before, await old.counters())
    await old.stop()
  }
  return {
    async run(next) {
      const turn = ++wanted
      judge = next
      await end()
      await begin(turn)
    },
    async state(starts, now = Date.now()) {
      const counted = sum(before, sensor === undefined ? emptyCounters() : await sensor.counters())
      const lost = Object.values(counted.lost).reduce((all, count) => all + count, 0)
      const { produced, filtered, judged } = counted
      const numbers = { produced, filtered, judged, lost }
      if (sensor === undefined) return { ...problem, losses: [], ...numbers }
      look(starts, now)
      if (blind !== undefined) return { state: 'failed', reason: blind, losses: sensor.losses, ...numbers }
      return { state: 'running', losses: sensor.losses, ...numbers }
    },
    since: () => (blind === undefined ? since : undefined),
    async setPolicy(containerId, policy) {
      if (sensor?.setPolicy === undefined) throw new JennerError('unsupported', 'no sensor is running')
      await sensor.setPolicy(containerId, policy)
    },
    lastEvents: async containerId => (await sensor?.lastEvents?.(containerId)) ?? [],
    async stop() {
      wanted++
      problem = { state: 'off' }
      await end()
    },
  }
}

function emptyCounters(): SensorCounters {
  return { produced: 0, filtered: 0, judged: 0, lost: {} }
}

function sum(a: SensorCounters, b: SensorCounters): SensorCounters {
  const lost = { ...a.lost }
  for (const [key, count] of Object.entries(b.lost)) lost[key] = (lost[key] ?? 0) + count
  return { produced: a.produced + b.produced, filtered: a.filtered + b.filtered, judged: a.judged + b.judged, lost }
}
