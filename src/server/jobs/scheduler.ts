import { stat } from 'node:fs/promises'
import { databasePath } from '../../scan/advisories/place.ts'
import { endLostDrills } from '../api/drills/routes.ts'
import { pruneIdempotency } from '../api/idempotency.ts'
import { pruneLockouts } from '../auth/lockout.ts'
import { pruneSessions } from '../auth/sessions.ts'
import type { Context } from '../context.ts'
import { refreshStatistics } from '../db/statistics.ts'
import { expireDecisions } from '../decisions/expire.ts'
import { noteLevels } from '../report/levels.ts'
import { runSchedules } from '../report/report.ts'
import { jobFailedForGood } from './outcome.ts'
import { pruneJobs } from './queue.ts'
import { pruneOld } from './retention.ts'
import { runJobs, type Worker } from './runner.ts'

const minute = 60_000
const hour = 60 * minute

/** What is done by the clock: leases taken back, decisions that end, old rows taken out, feeds fetched, everything judged again at night. */
export function startScheduler(context: Context, more: Record<string, Worker> = {}): { stop: () => void } {
  const { log } = context
  const guarded = (name: string, work: () => Promise<unknown>) => {
    let busy = false
    return async () => {
      if (busy || context.stopping.aborted) return
      busy = true
      try {
        await work()
      } catch (error) {
        if (!context.stopping.aborted) log('error', name, { error: String(error) })
      } finally {
        busy = false
      }
    }
  }
  const expire = guarded('leases', async () => {
    await endLostDrills(context)
    for (const job of await context.queue.expire()) await jobFailedForGood(context, job)
  })
  const decisions = guarded('decisions', () => expireDecisions(context))
  const prune = guarded('retention', async () => {
    const now = context.now()
    await pruneOld(context)
    await pruneJobs(context.db, now)
    await pruneSessions(context.db, now)
    await pruneLockouts(context.db, now)
    await pruneIdempotency(context)
    await refreshStatistics(context.store)
  })
  const use = guarded('use', () => sweepUse(context))
  const daily = guarded('schedule', async () => {
    await byTheClock(context)
    await runSchedules(context)
  })
  const levels = guarded('levels', () => noteLevels(context))
  const timers = [
    setInterval(expire, 10_000),
    setInterval(decisions, minute),
    setInterval(daily, minute),
    setInterval(use, hour),
    setInterval(levels, 15 * minute),
    setInterval(prune, hour),
  ]
  for (const timer of timers) timer.unref()
  void expire()
  void decisions()
  void daily()
  void levels()
  void guarded('repair', () => repair(context))()
  setTimeout(prune, minute).unref()
  void runJobs(context, more)
  return {
    stop() {
      for (const timer of timers) clearInterval(timer)
    },
  }
}

/** Time alone turns "not known" into "no": for what has run long enough. */
async function sweepUse({ db, verdicts }: Context): Promise<void> {
  const rows = await db.selectFrom('images').select('id').where('running', '>', 0).execute()
  for (const { id } of rows) await verdicts.used([id])
}

/** After an end that was none: sums that were not taken, facts that were not judged. */
async function repair(context: Context): Promise<void> {
  const { db, verdicts, log } = context
  const row = await db.selectFrom('meta').select('value').where('key', '=', runningKey).executeTakeFirst()
  if (row) {
    log('warn', 'the last server did not end in order')
    await verdicts.sumAll()
  } else await db.insertInto('meta').values({ key: runningKey, value: '1' }).execute()
  await judgeTheRest(context)
}

const runningKey = 'running'

/** Called when the server has ended its work. */
export async function noteEnd({ db }: Pick<Context, 'db'>): Promise<void> {
  await db.deleteFrom('meta').where('key', '=', runningKey).execute()
}

/** Facts that were kept and not judged: the server ended in between. */
async function judgeTheRest({ db, queue }: Context): Promise<void> {
  const row = await db
    .selectFrom('inventories')
    .innerJoin('images', 'images.id', 'inventories.image_id')
    .select('images.id')
    .where('judged_by', '=', '')
    .executeTakeFirst()
  if (row) await queue.add({ kind: 'rejudge', target: '', title: 'rejudge', hostId: '' })
}

/** Due by what was done last, not by a timer: it is right after a restart, a night asleep and a clock that jumps. */
async function byTheClock(context: Context): Promise<void> {
  const { db, now, queue, settings, offline } = context
  const { feeds, scan } = settings.get()
  const last = async (kind: string) => {
    const row = await db
      .selectFrom('jobs')
      .select('created_at')
      .where('kind', '=', kind)
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    // A time ahead of now is of a clock that was set back since.
    return row && row.created_at <= now() + minute ? row.created_at : 0
  }
  if (!offline && !feeds.offline && now() - (await last('feeds')) >= feeds.everyHours * hour)
    await queue.add({ kind: 'feeds', target: '', title: 'feeds', hostId: '' })
  if (await databaseChanged(context)) await queue.add({ kind: 'rejudge', target: '', title: 'rejudge', hostId: '' })
  const due = lastTime(scan.nightly, now())
  if (due > context.startedAt && (await last('rejudge')) < due)
    await queue.add({ kind: 'rejudge', target: '', title: 'rejudge', hostId: '' })
}

const databases = new WeakMap<object, number>()

/** Whether somebody put another database in place: `jenner db update`, or a file copied to a machine without a network. */
async function databaseChanged({ db, advisories }: Context): Promise<boolean> {
  const path = advisories.db ?? databasePath(advisories.cacheDir)
  const time = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0
  const before = databases.get(db)
  databases.set(db, time)
  return before !== undefined && before !== time && time > 0
}

/** When the clock last showed `HH:MM`, in the server's zone. */
export function lastTime(clock: string, now: number): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  const at = new Date(now)
  at.setHours(hours, minutes, 0, 0)
  if (at.getTime() > now) at.setDate(at.getDate() - 1)
  return at.getTime()
}
