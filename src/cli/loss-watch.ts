import type { SensorCounters } from '../base/model/runtime.ts'
import { healthOf } from '../runtime/sensor/detections.ts'
import type { Context } from './context.ts'

const seconds = 10

/** Says, at most every ten seconds, how many events were lost since the last time: an alert that does not come may be among them. Answers how to stop. */
export function tellLosses(
  counters: () => Promise<SensorCounters> | SensorCounters,
  { say, text, language }: Pick<Context, 'say' | 'text' | 'language'>,
  interval = seconds * 1000,
): () => void {
  let before: Record<string, number> = {}
  const look = async (): Promise<void> => {
    const now = await counters()
    const fresh = Object.entries(now.lost).map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
    before = { ...now.lost }
    const { lost, classes } = healthOf({ ...now, lost: Object.fromEntries(fresh) })
    if (lost <= 0) return
    const what = classes.filter(({ lost: count }) => count > 0)
    say(
      text('watch.losing', {
        count: lost,
        what: what.map(({ title, lost: count }) => `${title[language]} ${count}`).join(', '),
      }),
    )
  }
  // A sensor that has ended answers no more: the session tells that.
  const timer = setInterval(() => void look().catch(() => undefined), interval)
  timer.unref()
  return () => clearInterval(timer)
}
