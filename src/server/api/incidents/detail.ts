import type { Context } from '../../context.ts'
import { iso } from '../../ingest/time.ts'
import { priorityName } from '../../judge/scales.ts'
import type { IncidentDetail } from '../../schemas/incidents.ts'
import { alertOf } from '../alerts/rows.ts'
import { evidenceOf, selectEvidence } from '../evidence/routes.ts'
import { found, parsed } from '../found.ts'
import { ruleTexts } from '../rules/library.ts'
import { incidentsOf, selectIncidents } from './rows.ts'

type Timeline = IncidentDetail['timeline']

/** The first and the last alerts of a flood say more than the ones in between. */
const atEachEnd = 50

export async function incidentDetail(context: Context, id: string): Promise<IncidentDetail> {
  const { db } = context
  const row = found(await selectIncidents(context).where('incidents.id', '=', id).executeTakeFirst(), 'incident')
  const [base] = await incidentsOf(context, [row])
  const samples = await samplesOf(context, id)
  const related =
    row.container_id === ''
      ? []
      : await db
          .selectFrom('incidents')
          .select(['id', 'rule', 'priority'])
          .where('container_id', '=', row.container_id)
          .where('id', '!=', id)
          .where('state', '!=', 'closed')
          .orderBy('last', 'desc')
          .limit(20)
          .execute()
  const evidence = await selectEvidence(context)
    .where('incident_id', '=', id)
    .orderBy('evidence.created_at')
    .limit(500)
    .execute()
  return {
    ...base!,
    description: ruleTexts(row.rule).description,
    lineage: parsed(row.lineage),
    samples: samples.map(alertOf),
    timeline: [...(await timelineOf(context, row, samples)), ...evidence.map(keptLine)].sort(byTime),
    evidence: evidence.map(evidenceOf),
    related: related.map(one => ({
      id: one.id,
      rule: one.rule,
      title: ruleTexts(one.rule).title,
      priority: priorityName(one.priority),
    })),
  }
}

const byTime = (a: { time: string }, b: { time: string }): number => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)

function keptLine(row: Parameters<typeof evidenceOf>[0]): Timeline[number] {
  const { name, state, sha256 } = row
  return {
    time: iso(row.created_at),
    kind: 'evidence',
    title: name,
    detail: [state, sha256 && `sha256 ${sha256}`].filter(Boolean).join(' · '),
    actor: row.made_by,
    ref: row.id,
  }
}

async function samplesOf({ db }: Context, id: string) {
  const of = (way: 'asc' | 'desc') =>
    db
      .selectFrom('alerts')
      .selectAll()
      .where('incident_id', '=', id)
      .orderBy('time', way)
      .orderBy('id', way)
      .limit(atEachEnd)
      .execute()
  const rows = new Map([...(await of('asc')), ...(await of('desc'))].map(row => [row.id, row]))
  return [...rows.values()].sort((a, b) => b.time - a.time)
}

type Sample = Awaited<ReturnType<typeof samplesOf>>[number]

async function timelineOf(
  { db }: Context,
  incident: { id: string; container_id: string; first: number; last: number },
  samples: readonly Sample[],
): Promise<Timeline> {
  const out: Timeline = samples.map(row => ({
    time: iso(row.time),
    kind: 'alert',
    title: row.rule,
    detail: row.output,
    ref: row.id,
  }))
  const notes = await db
    .selectFrom('notes')
    .selectAll()
    .where('incident_id', '=', incident.id)
    .orderBy('time')
    .limit(1000)
    .execute()
  for (const { time, kind, text, actor } of notes) {
    const comment = kind === 'comment'
    out.push({
      time: iso(time),
      kind: comment ? 'comment' : 'state',
      title: comment ? 'comment' : text,
      ...(comment && { detail: text }),
      actor,
    })
  }
  const actions = await db
    .selectFrom('actions')
    .selectAll()
    .where(eb =>
      eb.or([
        eb('incident_id', '=', incident.id),
        ...(incident.container_id
          ? [eb.and([eb('container_id', '=', incident.container_id), eb('created_at', '>=', incident.first)])]
          : []),
      ]),
    )
    .orderBy('created_at')
    .limit(200)
    .execute()
  for (const row of actions)
    out.push({
      time: iso(row.done_at ?? row.created_at),
      kind: 'action',
      title: `${row.step}: ${row.state}`,
      detail: row.detail || row.reason,
      actor: row.requested_by,
      ref: row.id,
    })
  if (incident.container_id) {
    const events = await db
      .selectFrom('events')
      .selectAll()
      .where('container_id', '=', incident.container_id)
      .where('time', '>=', incident.first - 3_600_000)
      .where('time', '<=', incident.last + 86_400_000)
      .orderBy('time')
      .limit(100)
      .execute()
    for (const row of events.filter(one => one.kind === 'container'))
      out.push({ time: iso(row.time), kind: 'container', title: row.name, detail: row.text, ref: row.container_id })
  }
  return out
}
