import { sql } from 'kysely'
import { priorities } from '../../base/model/priority.ts'
import type { Notice } from '../../reporting/outputs/model.ts'
import type { Context } from '../context.ts'
import { insertMany } from '../db/insert.ts'
import type { Tables } from '../db/tables.ts'
import { flawNotice, incidentNotice } from './notices.ts'
import { kindsOf } from './outputs.ts'
import { enqueue } from './store.ts'

const mostAtOnce = 200

/**
 * Finds what nobody was told of yet, or was told of when it was less bad, and lets it wait for the outputs that want it. Looks at the store and not at events: what
 * happened while the server was away, or fell, is found too. With no output it is noted all the same: a new output is not flooded with the past.
 */
export async function sweepNotices(context: Context): Promise<number> {
  return (await sweepIncidents(context)) + (await sweepClosed(context)) + (await sweepFlaws(context))
}

async function sweepIncidents(context: Context): Promise<number> {
  const { db } = context
  const rows = await db
    .selectFrom('incidents')
    .leftJoin('told', join => join.on('told.kind', '=', 'incident').onRef('told.ref', '=', 'incidents.id'))
    .selectAll('incidents')
    .where('incidents.state', '!=', 'closed')
    .where(eb => eb.or([eb('told.level', 'is', null), eb('told.level', '>', sql<number>`incidents.priority`)]))
    .orderBy('incidents.first')
    .limit(mostAtOnce)
    .execute()
  const told: Told[] = []
  for (const row of rows) {
    const notice = incidentNotice(row, await sampleOf(context, row), context.links.base)
    told.push({ kind: 'incident', ref: row.id, level: row.priority, notice })
  }
  return tell(context, told)
}

/** An alert of the incident, one of the worst. */
function sampleOf({ db }: Context, { id, priority }: Tables['incidents']) {
  return db
    .selectFrom('alerts')
    .select(['output', 'fields', 'hostname'])
    .where('incident_id', '=', id)
    .where('priority', '=', priority)
    .orderBy('time', 'desc')
    .limit(1)
    .executeTakeFirst()
}

const ended = 1
const openedAgain = 0

/** Incidents that were told and are closed now, for receivers that keep what is open; and those that were closed and are open again, for everybody: it goes on. */
async function sweepClosed(context: Context): Promise<number> {
  const { db, links, now } = context
  const rows = await db
    .selectFrom('incidents')
    .innerJoin('told', join => join.on('told.kind', '=', 'incident').onRef('told.ref', '=', 'incidents.id'))
    .leftJoin('told as end', join => join.on('end.kind', '=', 'closed').onRef('end.ref', '=', 'incidents.id'))
    .selectAll('incidents')
    .where(eb =>
      eb.or([
        eb.and([eb('incidents.state', '=', 'closed'), eb(sql`coalesce(${sql.ref('end.level')}, 0)`, '=', openedAgain)]),
        eb.and([eb('incidents.state', '!=', 'closed'), eb('end.level', '=', ended)]),
      ]),
    )
    .limit(mostAtOnce)
    .execute()
  const [closed, opened]: [Told[], Told[]] = [[], []]
  for (const row of rows) {
    const over = row.state === 'closed'
    const notice = incidentNotice(row, await sampleOf(context, row), links.base, { at: now(), over })
    const list = over ? closed : opened
    list.push({ kind: 'closed', ref: row.id, level: over ? ended : openedAgain, notice })
  }
  const kinds = kindsOf(context).filter(({ resolves }) => resolves)
  return (await tell(context, closed, new Set(kinds.map(({ kind }) => kind)))) + (await tell(context, opened))
}

/** Flaws that must be decided on now: known to be exploited, or critical in what runs. */
async function sweepFlaws(context: Context): Promise<number> {
  const { db, now } = context
  const rows = await db
    .selectFrom('vulnerabilities')
    .leftJoin('told', join => join.on('told.kind', '=', 'flaw').onRef('told.ref', '=', 'vulnerabilities.id'))
    .selectAll('vulnerabilities')
    .where('decided', '=', 0)
    .where('told.level', 'is', null)
    .where(eb =>
      eb.or([eb('kev', '>', 0), eb.and([eb('severity', '=', 0), eb('running', '>', 0), eb('in_use', '>', 0)])]),
    )
    .orderBy('score', 'desc')
    .limit(mostAtOnce)
    .execute()
  return tell(
    context,
    rows.map(row => ({
      kind: 'flaw',
      ref: row.id,
      level: row.severity,
      notice: flawNotice(row, context.links.base, now()),
    })),
  )
}

interface Told {
  kind: string
  ref: string
  level: number
  notice: Notice
}

/** `kinds`: the kinds of outputs that it is for; all of them without. */
async function tell(context: Context, told: Told[], kinds?: ReadonlySet<string>): Promise<number> {
  if (told.length === 0) return 0
  const { db, store, now } = context
  const all = await db.selectFrom('outputs').select(['id', 'kind', 'minimum']).where('enabled', '=', 1).execute()
  const outputs = all.filter(({ kind }) => kinds?.has(kind) ?? true)
  const at = now()
  await db.transaction().execute(async transaction => {
    const rows = told.map(({ kind, ref, level }) => ({ kind, ref, level, at }))
    await insertMany(transaction, store.kind, 'told', ['kind', 'ref', 'level', 'at'], rows, {
      conflict: '(kind, ref) do update set level = excluded.level, at = excluded.at',
    })
    const wanted = outputs.flatMap(({ id, minimum }) =>
      told
        .filter(({ notice }) => priorities.indexOf(notice.priority) <= minimum)
        .map(({ notice }) => ({ output: id, notice })),
    )
    await enqueue(context, transaction, wanted)
  })
  return told.length
}
