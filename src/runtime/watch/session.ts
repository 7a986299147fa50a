import type { SensorCounters } from '../../base/model/runtime.ts'
import type { JudgeMessage, JudgeOptions } from './judge.ts'

/** What this kernel refuses, and what is not seen because of it. */
export interface Loss {
  what: string
  why: string
}

/** A sensor that judges where it reads; the only thing a session knows of it. */
export interface RunningSensor {
  losses: Loss[]
  counters(): Promise<SensorCounters> | SensorCounters
  /** What happens to programs of a container that are not of its image; absent where the sensor cannot stop any. */
  setPolicy?(containerId: string, policy: 'observe' | 'alert' | 'block'): Promise<void>
  /** Resolves when the sensor ended by itself: why. */
  ended: Promise<string>
  /** Detaches everything and hands over what is still to be told. */
  stop(): Promise<void>
}

export type StartSensor = (options: {
  judge: JudgeOptions
  host: boolean
  onMessage(message: JudgeMessage): void
}) => Promise<RunningSensor>

export interface SessionOptions {
  start: StartSensor
  judge: JudgeOptions
  host: boolean
  /** Ends the session. */
  signal: AbortSignal
  onLosses(losses: Loss[]): void
  onMessage(message: JudgeMessage): void
}

export interface SessionEnd {
  counters: SensorCounters
  alerts: number
  incidents: number
  held: number
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
  }
  const early: JudgeMessage[] = []
  let told = false
  const take = (message: JudgeMessage): void => {
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
  const sensor = await options.start({ judge: options.judge, host: options.host, onMessage: take })
  try {
    options.onLosses(sensor.losses)
    told = true
    early.forEach(take)
    const broke = await Promise.race([sensor.ended, aborted(options.signal)])
    if (broke !== undefined) end.broke = broke
    end.counters = await sensor.counters()
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
