import type { Language } from '../../base/i18n/translate.ts'
import type { Alert } from '../../base/model/runtime.ts'
import type { RuleText } from '../rules/loader/load.ts'
import type { Loss, StartSensor } from '../watch/session.ts'
import type { DrillWatch } from './run.ts'

/** A sensor of the drill's own, judging by our rules. */
export interface RunningWatch extends DrillWatch {
  /** What this kernel refuses, and what is not seen because of it. */
  losses: Loss[]
  /** Resolves with the reason when the sensor ended by itself. */
  ended: Promise<string>
  stop(): Promise<void>
}

/** Starts a sensor over all containers with `rules`; resolves when it sees. Throws what `start` throws. */
export async function startDrillWatch(
  start: StartSensor,
  rules: RuleText[],
  language: Language = 'en',
): Promise<RunningWatch> {
  const listeners = new Set<(alert: Alert) => void>()
  const sensor = await start({
    judge: { rules, language },
    host: false,
    onMessage(message) {
      if (message.kind === 'alert') for (const listener of listeners) listener(message.alert)
    },
  })
  return {
    losses: sensor.losses,
    ended: sensor.ended,
    ...(sensor.setPolicy && { block: (containerId: string) => sensor.setPolicy!(containerId, 'block') }),
    onAlert(callback) {
      listeners.add(callback)
      return () => void listeners.delete(callback)
    },
    stop: () => sensor.stop(),
  }
}
