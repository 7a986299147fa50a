import { sql } from 'kysely'
import { z } from 'zod'
import type { Context } from '../../context.ts'
import { pageOf } from '../../db/page.ts'
import { historyOf } from '../../decisions/history.ts'
import { importIgnoreLines, importOpenVex } from '../../decisions/import.ts'
import { openVexOf } from '../../decisions/openvex.ts'
import {
  changeDecision,
  createDecision,
  createDecisions,
  type DecisionRow,
  decisionOf,
  revokeDecision,
  scopeColumns,
} from '../../decisions/store.ts'
import { inForce } from '../../judge/decide.ts'
import { preview } from '../../judge/decided.ts'
import { severityName } from '../../judge/scales.ts'
import {
  type DecisionInput,
  decision,
  decisionDetail,
  decisionImport,
  decisionImported,
  decisionInput,
  decisionPage,
  decisionPreview,
  decisionQuery,
  scope,
} from '../../schemas/decisions.ts'
import { found, parsed } from '../found.ts'
import { holds } from '../like.ts'
import { type Route, route } from '../route.ts'

const day = 86_400_000
const bulk = z.object({ items: z.array(decisionInput).min(1).max(500) })

export function decisionRoutes(context: Context): Route[] {
  return [...reading(context), ...writing(context)]
}

function reading(context: Context): Route[] {
  const { db, now } = context
  return [
    route({
      method: 'GET',
      path: '/decisions',
      access: 'viewer',
      summary: 'What was decided about findings, by whom, until when',
      query: decisionQuery,
      response: decisionPage,
      csv: true,
      handle: async ({ query }) => {
        const { state, status, owner, expiring, q } = query
        let select = db.selectFrom('decisions').selectAll()
        if (state === 'active')
          select = select
            .where('state', '=', 'active')
            .where(eb => eb.or([eb('expires', 'is', null), eb('expires', '>', now())]))
        else if (state === 'expired')
          select = select.where(eb =>
            eb.or([eb('state', '=', 'expired'), eb.and([eb('state', '=', 'active'), eb('expires', '<=', now())])]),
          )
        else if (state) select = select.where('state', '=', state)
        if (status) select = select.where('status', '=', status)
        if (owner) select = select.where('owner', '=', owner)
        if (expiring !== undefined)
          select = select.where('expires', '<=', now() + expiring * day).where('state', '=', 'active')
        if (q)
          select = select.where(holds(['vulnerability', 'package', 'image', 'workload', 'rule', 'owner', 'comment'], q))
        const page = await pageOf(db, select, {
          sorts: {
            createdAt: sql`created_at`,
            expires: sql`coalesce(expires, 9000000000000000)`,
            owner: sql`owner`,
            status: sql`status`,
            updatedAt: sql`updated_at`,
          },
          byDefault: '-createdAt',
          id: sql`id`,
          idOf: row => row.id,
          query,
        })
        const counts = await matchesOf(context, page.items)
        return { ...page, items: page.items.map(row => decisionOf(row, counts.get(row.id) ?? 0, now())) }
      },
    }),
    route({
      method: 'GET',
      path: '/decisions/openvex',
      access: 'viewer',
      summary: 'Decisions in force as an OpenVEX document',
      raw: 'application/json',
      handle: async ({ reply }) =>
        reply
          .header('content-disposition', 'attachment; filename="jenner.openvex.json"')
          .type('application/json')
          .send(JSON.stringify(await exportVex(context), null, 2)),
    }),
    route({
      method: 'GET',
      path: '/decisions/:id',
      access: 'viewer',
      summary: 'One decision, and what was changed of it',
      response: decisionDetail,
      handle: async ({ params }) => {
        const row = await find(context, params.id!)
        return { ...(await toApi(context, row)), history: await historyOf(db, row.id) }
      },
    }),
  ]
}

function writing(context: Context): Route[] {
  return [
    route({
      method: 'POST',
      path: '/decisions/preview',
      access: 'analyst',
      summary: 'What a decision would cover',
      body: z.object({ scope }),
      response: decisionPreview,
      handle: async ({ body }) => {
        const { matches, images, samples } = await preview(context.store, scopeColumns(body.scope))
        return {
          matches,
          images,
          samples: samples.map(({ row, image }) => ({
            name: row.name,
            ...(row.package && { package: row.package }),
            image,
            severity: severityName(row.severity),
          })),
        }
      },
    }),
    route({
      method: 'POST',
      path: '/decisions',
      access: 'analyst',
      summary: 'Decides',
      body: decisionInput,
      response: decision,
      status: 201,
      audit: 'decision.create',
      auditDetail: body => `${body.status} ${Object.values(body.scope).join(' ')}`,
      handle: async ({ body, who }) => toApi(context, await createDecision(context, body, who.name)),
    }),
    route({
      method: 'POST',
      path: '/decisions/bulk',
      access: 'analyst',
      summary: 'Decides about several things at once',
      body: bulk,
      response: z.object({ items: z.array(decision) }),
      status: 201,
      audit: 'decision.bulk',
      auditDetail: body => `${body.items.length}`,
      handle: async ({ body, who }) => {
        const rows = await createDecisions(context, body.items, who.name)
        return { items: await Promise.all(rows.map(row => toApi(context, row))) }
      },
    }),
    route({
      method: 'POST',
      path: '/decisions/import',
      access: 'analyst',
      summary: 'Takes over a .trivyignore or an OpenVEX document',
      body: decisionImport,
      bodyLimit: 8 * 1024 * 1024,
      response: decisionImported,
      audit: 'decision.import',
      auditDetail: body => body.format,
      handle: async ({ body, who }) => {
        const { format, text, owner } = body
        const read =
          format === 'openvex'
            ? importOpenVex(text, owner || who.name)
            : importIgnoreLines(text, owner || who.name, context.now())
        const source = format === 'openvex' ? 'openvex' : '.trivyignore'
        const good: DecisionInput[] = []
        for (const input of read.decisions) {
          const checked = decisionInput.safeParse(input)
          if (checked.success) good.push(checked.data)
          else read.skipped.push({ what: input.scope.vulnerability ?? '', why: checked.error.issues[0]?.message ?? '' })
        }
        const made = await createDecisions(context, good, who.name, source)
        return { created: made.length, skipped: read.skipped }
      },
    }),
    route({
      method: 'PUT',
      path: '/decisions/:id',
      access: 'analyst',
      summary: 'Changes a decision: its scope, status, owner, end, comment; what it was is kept',
      body: decisionInput,
      response: decision,
      audit: 'decision.change',
      auditDetail: body => [body.status, body.expires, ...Object.values(body.scope)].filter(Boolean).join(' '),
      handle: async ({ body, params, who }) =>
        toApi(context, await changeDecision(context, await find(context, params.id!), body, who.name)),
    }),
    route({
      method: 'DELETE',
      path: '/decisions/:id',
      access: 'analyst',
      summary: 'Takes a decision back; it stays in the list',
      audit: 'decision.revoke',
      handle: async ({ params, who }) => revokeDecision(context, await find(context, params.id!), who.name),
    }),
  ]
}

async function find({ db }: Context, id: string): Promise<DecisionRow> {
  return found(await db.selectFrom('decisions').selectAll().where('id', '=', id).executeTakeFirst(), 'decision')
}

async function toApi(context: Context, row: DecisionRow) {
  return decisionOf(row, (await matchesOf(context, [row])).get(row.id) ?? 0, context.now())
}

async function matchesOf({ db }: Context, rows: readonly { id: string }[]): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map()
  const counts = await db
    .selectFrom('findings')
    .select(['decision_id', sql<number>`count(*)`.as('n')])
    .where(
      'decision_id',
      'in',
      rows.map(row => row.id),
    )
    .where('decision_id', '!=', '')
    .groupBy('decision_id')
    .execute()
  return new Map(counts.map(row => [row.decision_id, Number(row.n)]))
}

async function exportVex({ db, now, version }: Context) {
  const rows = (await db.selectFrom('decisions').selectAll().where('state', '=', 'active').execute()).filter(row =>
    inForce(row, now()),
  )
  const covered = await db
    .selectFrom('findings')
    .innerJoin('images', 'images.id', 'findings.image_id')
    .select(['decision_id', 'findings.name', 'purl', 'images.name as image', 'digests'])
    .where('decision_id', '!=', '')
    .where('kind', '=', 'vulnerability')
    .limit(200_000)
    .execute()
  return openVexOf(
    rows,
    covered.map(row => ({ ...row, digests: parsed<string[]>(row.digests) })),
    now(),
    version,
  )
}
