import type { Containers } from '../containers/open.ts'
import type { Responder } from './responder.ts'
import type { Tidied } from './tidy.ts'

/**
 * Keeps responses in force while something of ours runs: ends time boxes when they are over, and isolates a container again as soon
 * as it starts anew. `onTidied` hears of whatever was done. Answers how to stop.
 */
export function keepInForce(
  responder: Responder,
  containers: Pick<Containers, 'onChange'>,
  onTidied: (tidied: Tidied) => void = () => {},
  interval = 1000,
): () => void {
  let running = false
  let again = false
  const run = async (): Promise<void> => {
    again = running
    if (running || responder.active().length === 0) return
    running = true
    try {
      const tidied = await responder.tidy()
      if (Object.values(tidied).some(list => list.length > 0)) onTidied(tidied)
    } catch {
      // A lock that stays taken, a full disk: the next round tries again, and what is recorded stays recorded.
    } finally {
      running = false
    }
    if (again) void run()
  }
  const due = (): boolean =>
    responder.active().some(({ until }) => until !== undefined && Date.parse(until) <= Date.now())
  const timer = setInterval(() => void (due() && run()), interval)
  timer.unref()
  const pids = new Map<string, number>()
  const stop = containers.onChange((info, gone) => {
    const started = !gone && info.pid > 0 && pids.get(info.id) !== info.pid
    if (gone) pids.delete(info.id)
    else pids.set(info.id, info.pid)
    if ((started || gone) && responder.active().some(({ containerId }) => containerId === info.id)) void run()
  })
  return () => {
    clearInterval(timer)
    stop()
  }
}
