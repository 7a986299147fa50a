import { sql } from 'kysely'
import { z } from 'zod'
import { JennerError } from '../../../base/errors.ts'
import { priorityNumber } from '../../../base/model/priority.ts'
import { checkConfig } from '../../../reporting/outputs/config.ts'
import { createGuard } from '../../../reporting/outputs/guard.ts'
import type { Notice } from '../../../reporting/outputs/model.ts'
import type { Context } from '../../context.ts'
import { newId } from '../../db/id.ts'
import { pageOf } from '../../db/page.ts'
import type { Tables } from '../../db/tables.ts'
import { iso, isoOr } from '../../ingest/time.ts'
import { priorityName } from '../../judge/scales.ts'
import { kindOf, kindsOf, sealName, unsealed } from '../../notify/outputs.ts'
import {
  type Output,
  type OutputInput,
  output,
  outputInput,
  outputKinds,
  outputPage,
  outputQuery,
  outputTested,
} from '../../schemas/outputs.ts'
import { type Route, route } from '../route.ts'

export function outputRoutes(context: Context): Route[] {
  const { db, now } = context
  return [
    route({
      method: 'GET',
      path: '/outputs/kinds',
      access: 'viewer',
      summary: 'Kinds of outputs, and what each must be told',
      response: outputKinds,
      handle: async () => kindsOf(context).map(({ kind, fields }) => ({ kind: kind as Output['kind'], fields })),
    }),
    route({
      method: 'GET',
      path: '/outputs',
      access: 'viewer',
      summary: 'Where notices go, with what was delivered and what was not; secrets are never told',
      query: outputQuery,
      response: outputPage,
      handle: async ({ query }) => {
        const page = await pageOf(db, db.selectFrom('outputs').selectAll(), {
          sorts: { name: sql`name`, kind: sql`kind` },
          byDefault: 'name',
          id: sql`id`,
          idOf: row => row.id,
          query,
        })
        return { ...page, items: await Promise.all(page.items.map(row => outputOf(context, row))) }
      },
    }),
    route({
      method: 'POST',
      path: '/outputs',
      access: 'admin',
      summary: 'Adds an output',
      body: outputInput,
      response: output,
      status: 201,
      secret: true,
      audit: 'output.create',
      auditDetail: body => `${body.kind} ${body.name}`,
      handle: async ({ body }) => {
        const id = newId(now())
        const row: Tables['outputs'] = {
          id,
          ...columnsOf(body),
          config: await sealed(context, id, body, {}),
          delivered: 0,
          failed: 0,
          last_delivered: null,
          last_error: '',
          created_at: now(),
        }
        await db.insertInto('outputs').values(row).execute()
        return outputOf(context, row)
      },
    }),
    route({
      method: 'PUT',
      path: '/outputs/:id',
      access: 'admin',
      summary: 'Changes an output; a secret that is left out stays as it is',
      body: outputInput,
      response: output,
      secret: true,
      audit: 'output.change',
      auditDetail: body => `${body.kind} ${body.name}`,
      handle: async ({ params, body }) => {
        const before = await find(context, params.id!)
        if (before.kind !== body.kind) throw new JennerError('bad_argument', 'kind')
        const config = await sealed(context, before.id, body, await unsealed(context, before).catch(() => ({})))
        await db
          .updateTable('outputs')
          .set({ ...columnsOf(body), config })
          .where('id', '=', before.id)
          .execute()
        return outputOf(context, await find(context, before.id))
      },
    }),
    route({
      method: 'DELETE',
      path: '/outputs/:id',
      access: 'admin',
      summary: 'Takes an output away, with what waits for it',
      audit: 'output.delete',
      handle: async ({ params }) => {
        const row = await find(context, params.id!)
        for (const { key, type } of kindOf(context, row.kind).fields)
          if (type === 'secret') await context.seal.put(sealName(row.id, key), '')
        await db.transaction().execute(async transaction => {
          await transaction.deleteFrom('deliveries').where('output_id', '=', row.id).execute()
          await transaction.deleteFrom('outputs').where('id', '=', row.id).execute()
        })
      },
    }),
    route({
      method: 'POST',
      path: '/outputs/:id/test',
      access: 'admin',
      summary: 'Sends one test notice now, and says what the receiver said',
      response: outputTested,
      perMinute: 20,
      audit: 'output.test',
      handle: async ({ params }) => test(context, await find(context, params.id!)),
    }),
    route({
      method: 'POST',
      path: '/outputs/:id/retry',
      access: 'admin',
      summary: 'Tries what was given up once more',
      response: z.object({ retried: z.int() }),
      audit: 'output.retry',
      handle: async ({ params }) => {
        const { numUpdatedRows } = await db
          .updateTable('deliveries')
          .set({ state: 'waiting', at: now(), attempts: 0 })
          .where('output_id', '=', (await find(context, params.id!)).id)
          .where('state', '=', 'dead')
          .executeTakeFirstOrThrow()
        void context.notifying?.run()
        return { retried: Number(numUpdatedRows) }
      },
    }),
  ]
}

async function find({ db }: Context, id: string): Promise<Tables['outputs'] & { id: string }> {
  const row = await db.selectFrom('outputs').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new JennerError('target_not_found', 'output')
  return row
}

function columnsOf({ kind, name, enabled, minimum }: OutputInput) {
  return { kind, name, enabled: Number(enabled), minimum: priorityNumber(minimum) }
}

/** Checks the whole, seals its secrets, and answers the rest as it is stored. */
async function sealed(
  context: Context,
  id: string,
  input: OutputInput,
  before: Record<string, unknown>,
): Promise<string> {
  const kind = kindOf(context, input.kind)
  const { fields } = kind
  const kept = Object.fromEntries(
    fields.flatMap(({ key, type }) => (type === 'secret' && before[key] !== undefined ? [[key, before[key]]] : [])),
  )
  // The console shows a secret that is set as `true`: sent back, it means "as it is".
  const isMark = ([key, value]: [string, unknown]): boolean =>
    value === true && fields.some(field => field.key === key && field.type === 'secret')
  const given = Object.fromEntries(Object.entries(input.config).filter(pair => !isMark(pair)))
  const config = checkConfig(fields, { ...kept, ...given })
  // What a kind itself would not open (a template that does not parse, a file outside its folder) is refused now, not at the first notice.
  kind.open(config, { version: '', hostname: '', guard: createGuard() }).close()
  for (const { key, type } of fields) {
    if (type !== 'secret' || config[key] === undefined) continue
    await context.seal.put(sealName(id, key), String(config[key]))
    delete config[key]
  }
  return JSON.stringify(config)
}

async function outputOf(context: Context, row: Tables['outputs']): Promise<Output> {
  const { db, seal } = context
  const waiting = await db
    .selectFrom('deliveries')
    .select(['state', sql<number>`count(*)`.as('n')])
    .where('output_id', '=', row.id)
    .groupBy('state')
    .execute()
  const count = (state: string): number => Number(waiting.find(each => each.state === state)?.n ?? 0)
  const config = JSON.parse(row.config) as Record<string, unknown>
  for (const { key, type } of kindOf(context, row.kind).fields)
    if (type === 'secret' && (await seal.has(sealName(row.id, key)))) config[key] = true
  return {
    id: row.id,
    kind: row.kind as Output['kind'],
    name: row.name,
    enabled: row.enabled === 1,
    minimum: priorityName(row.minimum),
    config,
    delivered: row.delivered,
    failed: row.failed,
    pending: count('waiting'),
    dead: count('dead'),
    ...isoOr('lastDelivered', row.last_delivered),
    ...(row.last_error !== '' && { lastError: row.last_error }),
  }
}

async function test(context: Context, row: Tables['outputs']): Promise<z.infer<typeof outputTested>> {
  const { now, links, notifying } = context
  const notice: Notice = {
    id: `test-${newId(now())}`,
    time: iso(now()),
    kind: 'test',
    priority: 'Notice',
    title: 'Jenner: test notice · 시험 알림',
    text: 'If you can read this, notices arrive here. · 이 글이 보이면 알림이 이곳으로 전달됩니다.',
    ...(links.base !== '' && { url: links.base }),
    tags: [],
    fields: {},
  }
  try {
    const output = { kind: kindOf(context, row.kind), config: await unsealed(context, row) }
    const milliseconds = await notifying!.test(output, notice)
    return { delivered: true, milliseconds: Math.round(milliseconds) }
  } catch (error) {
    return { delivered: false, milliseconds: 0, error: (error as Error).message.slice(0, 500) }
  }
}
