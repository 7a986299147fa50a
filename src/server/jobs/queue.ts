import { sql } from 'kysely'
import { newId } from '../db/id.ts'
import type { Db } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import { createTurn } from '../db/turn.ts'
import type { Bus } from '../live/bus.ts'
import type { Job, JobKind } from '../schemas/jobs.ts'

export interface NewJob {
  kind: JobKind
  target: string
  title: string
  /** The host whose agent does it; `*` any agent; '' the server. */
  hostId: string
  /** Higher goes first. */
  priority?: number
  data?: Record<string, unknown>
}
export type JobRow = { [K in keyof Tables['jobs']]: Tables['jobs'][K] }

/** Work waiting to be done, in the store: it outlives a restart, and whoever took it and died loses it. */
export interface Queue {
  /** Asks for work. What is asked for already (same kind and target, waiting or running) is not asked for twice. */
  add(job: NewJob): Promise<string>
  /** Takes the most urgent job; waits up to `wait` ms for one. */
  lease(by: string, hostId: string, kinds: readonly string[], wait: number): Promise<JobRow | undefined>
  /** Tells how far it is, and keeps the lease. false: it is no longer the caller's. */
  progress(id: string, by: string, progress: Job['progress']): Promise<boolean>
  /** Ends a job; undefined where it is no longer the caller's. */
  done(id: string, by: string): Promise<JobRow | undefined>
  /** Gives it back: tried again later, unless `retry` is false or it was tried often enough. Answers the job as it is now. */
  fail(id: string, by: string, error: string, retry: boolean): Promise<JobRow | undefined>
  /** Takes back what was leased and not kept. Answers those that are failed for good. */
  expire(): Promise<JobRow[]>
  cancel(id: string): Promise<boolean>
}

/** A job that nobody speaks of for so long is given to another. */
export const leaseTime = 60_000
const urgent: Partial<Record<JobKind, number>> = { action: 100, undo: 100, drill: 80, rules: 70, report: 40, feeds: 30 }
/** Acts on containers are done once or reported as failed: to isolate again behind the keeper's back would be wrong. */
const once = new Set<string>(['action', 'undo', 'drill'])
const mostAttempts = 5

export function createQueue(options: {
  db: Db
  kind: string
  now: () => number
  bus: Bus
  stopping: AbortSignal
}): Queue {
  const { db, now, bus, stopping } = options
  const turn = createTurn()
  const waiters = new Set<() => void>()
  const wake = () => {
    for (const waiter of waiters) waiter()
  }
  const take = async (by: string, hostId: string, kinds: readonly string[]) => {
    // In turn: two agents that ask at once must not get one job.
    const done = await turn()
    try {
      return await takeNext(db, by, hostId, kinds, now())
    } finally {
      done()
    }
  }
  return {
    async add(job) {
      const id = await insert(db, job, now())
      bus.emit('job', id)
      wake()
      return id
    },
    async lease(by, hostId, kinds, wait) {
      const until = performance.now() + wait
      for (;;) {
        const job = await take(by, hostId, kinds)
        if (job) bus.emit('job', job.id)
        const left = until - performance.now()
        if (job || left <= 0 || stopping.aborted) return job
        await pause(Math.min(left, 5000), waiters, stopping)
      }
    },
    progress: (id, by, progress) => keep(db, id, by, progress, now(), bus),
    async done(id, by) {
      const job = await held(db, id, by)
      if (!job) return undefined
      await finish(db, id, 'done', '', now())
      bus.emit('job', id)
      return job
    },
    async fail(id, by, error, retry) {
      const job = await held(db, id, by)
      if (!job) return undefined
      const state = await giveBack(db, job, error, retry, now())
      bus.emit('job', id)
      return { ...job, state, error }
    },
    async expire() {
      const rows = await db.selectFrom('jobs').selectAll().where('state', '=', 'running').execute()
      // A lease that ends too far ahead is of a time before the clock was set back.
      const lost = rows.filter(({ lease_until: until }) => {
        const left = (until ?? 0) - now()
        return left < 0 || left > 2 * leaseTime
      })
      const failed: JobRow[] = []
      for (const job of lost) {
        const state = await giveBack(db, job, 'lease expired', !once.has(job.kind), now())
        bus.emit('job', job.id)
        if (state === 'failed') failed.push({ ...job, state, error: 'lease expired' })
      }
      if (lost.length > 0) wake()
      return failed
    },
    async cancel(id) {
      const { numUpdatedRows } = await db
        .updateTable('jobs')
        .set({ state: 'cancelled', finished_at: now() })
        .where('id', '=', id)
        .where('state', '=', 'queued')
        .executeTakeFirstOrThrow()
      bus.emit('job', id)
      return numUpdatedRows > 0n
    },
  }
}

async function insert(db: Db, job: NewJob, now: number): Promise<string> {
  return db.transaction().execute(async transaction => {
    const { kind, target, hostId, title, priority = urgent[job.kind] ?? 10, data = {} } = job
    const known = await transaction
      .selectFrom('jobs')
      .select(['id', 'state', 'priority'])
      .where('kind', '=', kind)
      .where('target', '=', target)
      .where('host_id', '=', hostId)
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirst()
    // Rules that change while an agent fetches them must be fetched again.
    if (known && !(kind === 'rules' && known.state === 'running')) {
      if (priority > known.priority)
        await transaction.updateTable('jobs').set({ priority }).where('id', '=', known.id).execute()
      return known.id
    }
    const id = newId(now)
    await transaction
      .insertInto('jobs')
      .values({
        id,
        kind,
        target,
        host_id: hostId,
        title: title.slice(0, 500),
        state: 'queued',
        priority,
        attempts: 0,
        run_after: now,
        lease_until: null,
        lease_by: '',
        progress: '',
        error: '',
        data: JSON.stringify(data),
        created_at: now,
        started_at: null,
        finished_at: null,
      })
      .execute()
    return id
  })
}

async function takeNext(
  db: Db,
  by: string,
  hostId: string,
  kinds: readonly string[],
  now: number,
): Promise<JobRow | undefined> {
  if (kinds.length === 0) return undefined
  const hosts = hostId === '' ? [''] : [hostId, '*']
  const next = await db
    .selectFrom('jobs')
    .selectAll()
    .where('state', '=', 'queued')
    .where('kind', 'in', kinds as string[])
    .where('host_id', 'in', hosts)
    .where(eb => eb.or([eb('run_after', '<=', now), eb('run_after', '>', now + 2 * 3_600_000)]))
    .orderBy('priority', 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!next) return undefined
  const lease_until = now + leaseTime
  const change = {
    state: 'running',
    attempts: next.attempts + 1,
    lease_until,
    lease_by: by,
    started_at: now,
    error: '',
  }
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set(change)
    .where('id', '=', next.id)
    .where('state', '=', 'queued')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 0n ? undefined : { ...next, ...change }
}

async function keep(
  db: Db,
  id: string,
  by: string,
  progress: Job['progress'],
  now: number,
  bus: Bus,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('jobs')
    .set({ progress: progress ? JSON.stringify(progress) : '', lease_until: now + leaseTime })
    .where('id', '=', id)
    .where('lease_by', '=', by)
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow()
  if (numUpdatedRows > 0n) bus.emit('job', id)
  return numUpdatedRows > 0n
}

function held(db: Db, id: string, by: string): Promise<JobRow | undefined> {
  return db
    .selectFrom('jobs')
    .selectAll()
    .where('id', '=', id)
    .where('lease_by', '=', by)
    .where('state', '=', 'running')
    .executeTakeFirst()
}

async function finish(db: Db, id: string, state: string, error: string, now: number): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state, error, finished_at: now, lease_until: null, progress: '' })
    .where('id', '=', id)
    .execute()
}

async function giveBack(db: Db, job: JobRow, error: string, retry: boolean, now: number): Promise<string> {
  if (!retry || job.attempts >= mostAttempts || once.has(job.kind)) {
    await finish(db, job.id, 'failed', error.slice(0, 5000), now)
    return 'failed'
  }
  // 30 s, 1, 2, 4 minutes, and a little chance so that not all come back at once.
  const wait = 30_000 * 2 ** (job.attempts - 1) * (1 + Math.random() / 4)
  await db
    .updateTable('jobs')
    .set({
      state: 'queued',
      error: error.slice(0, 5000),
      run_after: now + Math.round(wait),
      lease_until: null,
      lease_by: '',
      progress: '',
    })
    .where('id', '=', job.id)
    .execute()
  return 'queued'
}

/** Until work comes, or a while passed. */
function pause(milliseconds: number, waiters: Set<() => void>, stopping: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer)
      waiters.delete(end)
      stopping.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    waiters.add(end)
    stopping.addEventListener('abort', end)
  })
}

/** Finished jobs are kept for a month. */
export async function pruneJobs(db: Db, now: number): Promise<void> {
  await db
    .deleteFrom('jobs')
    .where('finished_at', '<', now - 30 * 86_400_000)
    .where(sql<boolean>`state in ('done', 'failed', 'cancelled')`)
    .execute()
}
