import { hostname } from 'node:os'
import { sql } from 'kysely'
import { createDeliveries } from '../../reporting/outputs/deliveries.ts'
import { createGuard } from '../../reporting/outputs/guard.ts'
import type { Context } from '../context.ts'
import type { Notifying } from './model.ts'
import { configuredOutputs } from './outputs.ts'
import { deliveryStore } from './store.ts'
import { sweepNotices } from './sweep.ts'

const every = 15_000
const soon = 300

export function startNotifying(context: Context): Notifying {
  const { db, bus, log, version, stopping, now } = context
  const deliveries = createDeliveries({
    store: deliveryStore(context),
    outputs: () => configuredOutputs(context),
    tools: { version, hostname: hostname(), guard: createGuard() },
    now,
    onTried: (id, { delivered, error }) => void noteTried(id, delivered, error).catch(() => {}),
  })
  const noteTried = async (id: string, delivered: number, error: string | undefined): Promise<void> => {
    const change =
      error === undefined
        ? { delivered: sql<number>`delivered + ${delivered}`, last_delivered: now(), last_error: '' }
        : { failed: sql<number>`failed + 1`, last_error: error }
    await db.updateTable('outputs').set(change).where('id', '=', id).execute()
    bus.emit('health')
  }
  let running: Promise<void> | undefined
  let again = false
  const run = async (): Promise<void> => {
    again = running !== undefined
    running ??= (async () => {
      while ((await sweepNotices(context)) > 0 && !stopping.aborted);
      await deliveries.run()
    })()
      .catch((error: unknown) => {
        if (!stopping.aborted) log('error', 'notices', { error: String(error) })
      })
      .finally(() => {
        running = undefined
      })
    await running
    if (again && !stopping.aborted) await run()
  }
  let due: NodeJS.Timeout | undefined
  const hear = bus.listen(({ type }) => {
    if (type !== 'incident' && type !== 'image') return
    due ??= setTimeout(() => {
      due = undefined
      void run()
    }, soon).unref()
  })
  const timer = setInterval(() => void run(), every).unref()
  return {
    run,
    test: (output, notice) => deliveries.test(output, notice),
    stop() {
      hear()
      clearTimeout(due)
      clearInterval(timer)
    },
  }
}
