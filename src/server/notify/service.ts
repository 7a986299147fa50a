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
  const noting = new Set<Promise<void>>()
  const deliveries = createDeliveries({
    store: deliveryStore(context),
    outputs: () => configuredOutputs(context),
    tools: { version, hostname: hostname(), guard: createGuard() },
    now,
    onTried: (id, { delivered, error }) => {
      const noted = noteTried(id, delivered, error)
        .catch(() => {})
        .finally(() => noting.delete(noted))
      noting.add(noted)
    },
  })
  const noteTried = async (id: string, delivered: number, error: string | undefined): Promise<void> => {
    const change =
      error === undefined
        ? { delivered: sql<number>`delivered + ${delivered}`, last_delivered: now(), last_error: '' }
        : { failed: sql<number>`failed + 1`, last_error: error }
    await db.updateTable('outputs').set(change).where('id', '=', id).execute()
    bus.emit('health')
  }
  const warn = (error: unknown): void => {
    if (!stopping.aborted) log('error', 'notices', { error: String(error) })
  }
  let sweeping: Promise<void> | undefined
  let again = false
  const sweep = async (): Promise<void> => {
    again = sweeping !== undefined
    sweeping ??= (async () => {
      while ((await sweepNotices(context)) > 0 && !stopping.aborted);
    })()
      .catch(warn)
      .finally(() => {
        sweeping = undefined
      })
    await sweeping
    if (again && !stopping.aborted) await sweep()
  }
  // Looking is done by one at a time; delivering is not waited for: an output that is slow must hold up neither the others nor the looking.
  const run = async (): Promise<void> => {
    await sweep()
    await deliveries.run().catch(warn)
    await Promise.all(noting)
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
