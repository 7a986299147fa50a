import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Context } from '../../context.ts'
import { type Health, health } from '../../schemas/health.ts'
import { sensorOf, silence } from '../hosts/routes.ts'
import { type Route, route } from '../route.ts'
import { words } from './words.ts'

type Part = Health['parts'][number]

export function healthRoutes(context: Context): Route[] {
  return [
    route({
      method: 'GET',
      path: '/health',
      access: 'viewer',
      summary: 'Whether the guard itself is well',
      response: health,
      handle: async () => healthOf(context),
    }),
  ]
}

const hour = 3_600_000

async function healthOf(context: Context): Promise<Health> {
  const { db, now, store, version, startedAt } = context
  const info = context.verdicts.info() ?? (await context.verdicts.reopen().catch(() => undefined))
  const jobs = await db
    .selectFrom('jobs')
    .select(['state', sql<number>`count(*)`.as('n')])
    .where('state', 'in', ['queued', 'running', 'failed'])
    .groupBy('state')
    .execute()
  const jobsOf = (state: string) => Number(jobs.find(row => row.state === state)?.n ?? 0)
  const builtAt = info && !info.starter ? Date.parse(info.builtAt) : Number.NaN
  const age = Number.isFinite(builtAt) ? (now() - builtAt) / hour : undefined
  return {
    version,
    startedAt: new Date(startedAt).toISOString(),
    parts: [
      { name: 'server', state: 'ok', detail: words.server(Math.round((now() - startedAt) / 60_000)) },
      { name: 'database', state: 'ok', detail: words.database(store.kind) },
      ...(await hostParts(context)),
      advisoriesPart(info, age),
      await outputsPart(context),
      await diskPart(context),
    ],
    advisories: {
      ...(age !== undefined && { builtAt: new Date(builtAt).toISOString(), ageHours: Math.round(age * 10) / 10 }),
      starter: info?.starter ?? true,
      sources: (info?.sources ?? []).map(({ id, records, updatedAt }) => ({ id, name: id, records, date: updatedAt })),
    },
    jobs: { queued: jobsOf('queued'), running: jobsOf('running'), failed: jobsOf('failed') },
    store: await storeOf(context),
    memory: process.memoryUsage.rss(),
  }
}

async function hostParts({ db, now }: Context): Promise<Part[]> {
  const hosts = await db.selectFrom('hosts').select(['name', 'last_seen', 'sensor', 'runtimes']).execute()
  const away = hosts.filter(row => now() - row.last_seen >= silence).map(row => row.name)
  const here = hosts.filter(row => now() - row.last_seen < silence)
  const blind = here.map(row => ({ name: row.name, ...sensorOf(row.sensor) })).filter(one => one.state !== 'running')
  const losing = here
    .map(row => ({ name: row.name, ...sensorOf(row.sensor) }))
    .filter(({ state, coverage = 100 }) => state === 'running' && coverage < wellCovered)
  const runtimes = here.flatMap(
    row => JSON.parse(row.runtimes) as { name: string; connected: boolean; reason?: string }[],
  )
  const apart = runtimes.filter(one => !one.connected)
  return [
    {
      name: 'agent',
      state:
        hosts.length === 0 ? 'off' : away.length === 0 ? 'ok' : away.length === hosts.length ? 'failed' : 'degraded',
      detail: words.agents(here.length, away),
    },
    {
      name: 'sensor',
      state: sensorState(here.length, blind, losing.length),
      detail: words.sensors(
        here.length - blind.length,
        blind.map(one => `${one.name}: ${one.reason ?? one.state}`),
        losing.map(({ name, coverage = 0 }) => `${name} (${coverage.toFixed(2)} %)`),
      ),
    },
    {
      name: 'docker',
      state:
        runtimes.length === 0
          ? 'off'
          : apart.length === 0
            ? 'ok'
            : apart.length === runtimes.length
              ? 'off'
              : 'degraded',
      detail: words.runtimes(
        runtimes.length - apart.length,
        apart.map(one => `${one.name}: ${one.reason ?? ''}`),
      ),
    },
  ]
}

/** Below it so much was lost that something may have been missed. */
const wellCovered = 99

/** A sensor that is switched off, or is still being loaded, has not failed. */
function sensorState(here: number, blind: readonly { state: string }[], losing: number): Part['state'] {
  if (here === 0) return 'off'
  if (blind.length === 0) return losing === 0 ? 'ok' : 'degraded'
  if (blind.length < here) return 'degraded'
  return blind.every(({ state }) => state === 'off') ? 'off' : 'failed'
}

function advisoriesPart(info: { starter: boolean } | undefined, age: number | undefined): Part {
  if (!info) return { name: 'advisories', state: 'failed', detail: words.noAdvisories() }
  if (info.starter) return { name: 'advisories', state: 'degraded', detail: words.starter() }
  const old = (age ?? 0) > 72
  return { name: 'advisories', state: old ? 'degraded' : 'ok', detail: words.advisories(Math.round(age ?? 0)) }
}

/** An output that nobody switched on cannot fail; one that gave something up, or whose last try failed, is not well. */
async function outputsPart({ db }: Context): Promise<Part> {
  const on = await db.selectFrom('outputs').select(['id', 'name', 'last_error']).where('enabled', '=', 1).execute()
  if (on.length === 0) return { name: 'outputs', state: 'off', detail: words.outputs() }
  const dead = await db.selectFrom('deliveries').select('output_id').distinct().where('state', '=', 'dead').execute()
  const bad = on.filter(({ id, last_error }) => last_error !== '' || dead.some(row => row.output_id === id))
  return {
    name: 'outputs',
    state: bad.length === 0 ? 'ok' : bad.length === on.length ? 'failed' : 'degraded',
    detail: words.outputsOn(
      on.length,
      bad.map(({ name, last_error }) => (last_error === '' ? name : `${name} (${last_error.slice(0, 200)})`)),
    ),
  }
}

async function diskPart({ state }: Context): Promise<Part> {
  const { bavail, blocks, bsize } = await statfs(state)
  const free = bavail * bsize
  const share = blocks > 0 ? bavail / blocks : 1
  const low = free < 256 * 1024 * 1024 || share < 0.02
  const warn = free < 2 * 1024 ** 3 || share < 0.1
  return { name: 'disk', state: low ? 'failed' : warn ? 'degraded' : 'ok', detail: words.disk(free, share) }
}

const sizes = new WeakMap<object, { at: number; value: Health['store'] }>()

/** Counting a million rows takes a while: once a minute is enough. */
async function storeOf({ db, store, now }: Context): Promise<Health['store']> {
  const before = sizes.get(db)
  if (before && Math.abs(now() - before.at) < 60_000) return before.value
  const bytes =
    store.kind === 'sqlite'
      ? sql<{ n: number }>`select page_count * page_size as n from pragma_page_count(), pragma_page_size()`
      : sql<{ n: number }>`select pg_database_size(current_database()) as n`
  const { rows } = await bytes.execute(db)
  const count = async (table: 'alerts' | 'events') =>
    Number((await db.selectFrom(table).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()).n)
  const value = {
    kind: store.kind,
    bytes: Number(rows[0]?.n ?? 0),
    alerts: await count('alerts'),
    events: await count('events'),
  }
  sizes.set(db, { at: now(), value })
  return value
}
