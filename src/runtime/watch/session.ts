import type { Incident, SensorCounters } from '../../base/model/runtime.ts'
import type { DriftMode } from './drift/policy.ts'
import type { WatchMessage } from './messages.ts'
import type { WatchOptions } from './options.ts'

/** What this kernel refuses, and what is not seen because of it. */
export interface Loss {
  what: string
  why: string
}

/** What happens to programs of a container that are not of its image. */
export interface DriftSwitch {
  setPolicy(containerId: string, policy: DriftMode, more?: PolicyDetails): Promise<void>
  /** The container is gone. */
  forgetPolicy(containerId: string): void
}

/** A sensor that judges where it reads; the only thing a session knows of it. The switch is absent where it cannot stop any program. */
export interface RunningSensor extends Partial<DriftSwitch> {
  losses: Loss[]
  /** Why it sees nothing though it is attached, where that is known from the start. */
  blind?: string
  /** How many rules it judges by. */
  rules: number
  counters(): Promise<SensorCounters> | SensorCounters
  /** The last events of a container, masked, oldest first. */
  lastEvents?(containerId: string): Promise<string[]>
  /** The incidents that are open. */
  incidents?(): Promise<Incident[]>
  /** Resolves when the sensor ended by itself: why. */
  ended: Promise<string>
  /** Detaches everything and hands over what is still to be told. */
  stop(): Promise<void>
}

/** `mounts`: with a policy of their own, by their source on the host. `paths`: what may run under `block`, `/a/b` or `/a/b*`. */
export interface PolicyDetails {
  mounts?: { source: string; policy: DriftMode }[]
  paths?: string[]
}

export type StartSensor = (options: {
  judge: WatchOptions
  host: boolean
  /** Before anything is watched: what is set here holds from the first event on. */
  onLoaded?(drift: DriftSwitch): void
  onMessage(message: WatchMessage): void
}) => Promise<RunningSensor>

export interface SessionOptions {
  start: StartSensor
  judge: WatchOptions
  host: boolean
  /** Ends the session. */
  signal: AbortSignal
  /** Before anything is watched: what is set here holds from the first event on. */
  onLoaded?(drift: DriftSwitch): void
  /** The sensor runs: what it does not see, and what can be asked of it. */
  onStart(sensor: RunningSensor): void
  onMessage(message: WatchMessage): void
}

export interface SessionEnd {
  counters: SensorCounters
  alerts: number
  incidents: number
  held: number
  /** Those open at the end, the worst and most frequent first. */
  open: Incident[]
  /** Why the sensor ended, when nobody asked it to. */
  broke?: string
}

/** Watches until `signal` says so, or the sensor breaks. What is lost on this kernel is told before the first alert. */
export async function runSession(options: SessionOptions): Promise<SessionEnd> {
  const end: SessionEnd = {
    counters: { produced: 0, filtered: 0, judged: 0, lost: {} },
    alerts: 0,
    incidents: 0,
    held: 0,
    open: [],
  }
  const early: WatchMessage[] = []
  let told = false
  const take = (message: WatchMessage): void => {
    if (!told) {
      early.push(message)
      return
    }
    if (message.kind === 'held') for (const { count } of message.rows) end.held += count
    else if (message.kind === 'alert') {
      end.alerts++
      if (message.isNew) end.incidents++
    }
    options.onMessage(message)
  }
  const { start, judge, host, onLoaded } = options
  const sensor = await start({ judge, host, onMessage: take, ...(onLoaded && { onLoaded }) })
  try {
    options.onStart(sensor)
    told = true
    early.forEach(take)
    const broke = await Promise.race([sensor.ended, aborted(options.signal)])
    if (broke !== undefined) end.broke = broke
    end.counters = await sensor.counters()
    end.open = (await sensor.incidents?.()) ?? []
  } finally {
    await sensor.stop()
  }
  return end
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise(resolve => {
    if (signal.aborted) resolve(undefined)
    else signal.addEventListener('abort', () => resolve(undefined), { once: true })
  })
}
