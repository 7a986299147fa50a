import { sql } from 'kysely'
import { z } from 'zod'
import { JennerError } from '../../../base/errors.ts'
import { priorities } from '../../../base/model/priority.ts'
import type { Source } from '../../../runtime/rules/fields.ts'
import { libraryTexts } from '../../../runtime/rules/library.ts'
import { loadRules } from '../../../runtime/rules/loader/load.ts'
import type { Context } from '../../context.ts'
import { newId } from '../../db/id.ts'
import { iso } from '../../ingest/time.ts'
import {
  backtest as backtestSchema,
  type Rule,
  type RuleQuery,
  ruleException,
  ruleExceptionInput,
  rulePage,
  rulePatch,
  ruleQuery,
  rule as ruleSchema,
} from '../../schemas/rules.ts'
import { exceptionsYaml } from '../agent/config.ts'
import { found, parsed } from '../found.ts'
import { type Route, route } from '../route.ts'
import { backtest, conditionOf } from './backtest.ts'
import { customRules, libraryRules, type RuleFacts } from './library.ts'

const day = 86_400_000
const testInput = ruleExceptionInput.pick({ rule: true, fields: true })
const customFile = z.object({ name: z.string().regex(/^[\w.-]{1,100}$/), text: z.string().max(1_000_000) })

export function ruleRoutes(context: Context): Route[] {
  return [...reading(context), ...exceptions(context), ...custom(context)]
}

function reading(context: Context): Route[] {
  const { db } = context
  return [
    route({
      method: 'GET',
      path: '/rules',
      access: 'viewer',
      summary: 'Rules, how often each fired, and its exceptions',
      query: ruleQuery,
      response: rulePage,
      csv: true,
      handle: async ({ query }) => pageOfRules(await allRules(context), query),
    }),
    route({
      method: 'POST',
      path: '/rules/backtest',
      access: 'analyst',
      summary: 'What an exception would have hidden of the stored alerts',
      body: testInput,
      response: backtestSchema,
      handle: async ({ body }) =>
        backtest(context, body.rule, body.fields, (await ruleNamed(context, body.rule)).source as Source),
    }),
    route({
      method: 'GET',
      path: '/rules/:id',
      access: 'viewer',
      summary: 'One rule',
      response: ruleSchema,
      handle: async ({ params }) =>
        found(
          (await allRules(context)).find(one => one.name === params.id),
          'rule',
        ),
    }),
    route({
      method: 'PATCH',
      path: '/rules/:id',
      access: 'analyst',
      summary: 'Turns a rule on or off',
      body: rulePatch,
      response: ruleSchema,
      audit: 'rule.change',
      auditDetail: body => (body.enabled ? 'on' : 'off'),
      handle: async ({ params, body }) => {
        const { name } = await ruleNamed(context, params.id!)
        const row = { name, enabled: Number(body.enabled) }
        await db
          .insertInto('rule_state')
          .values(row)
          .onConflict(on => on.column('name').doUpdateSet(row))
          .execute()
        await tellAgents(context)
        return found(
          (await allRules(context)).find(one => one.name === name),
          'rule',
        )
      },
    }),
  ]
}

function exceptions(context: Context): Route[] {
  const { db, now } = context
  return [
    route({
      method: 'POST',
      path: '/rules/exceptions',
      access: 'analyst',
      summary: 'Adds an exception to a rule',
      body: ruleExceptionInput,
      response: ruleException,
      status: 201,
      audit: 'rule.exception',
      auditDetail: body => `${body.rule}: ${conditionOf(body.fields)}`,
      handle: async ({ body, who }) => {
        await ruleNamed(context, body.rule)
        const row = {
          id: newId(now()),
          rule: body.rule,
          name: body.name,
          fields: JSON.stringify(body.fields),
          comment: body.comment,
          created_by: who.name,
          created_at: now(),
        }
        checkLoads([{ name: 'exceptions', content: exceptionsYaml([row]) }])
        await db.insertInto('rule_exceptions').values(row).execute()
        await tellAgents(context)
        return exceptionOf(row)
      },
    }),
    route({
      method: 'DELETE',
      path: '/rules/exceptions/:id',
      access: 'analyst',
      summary: 'Takes an exception back',
      audit: 'rule.exception.delete',
      handle: async ({ params }) => {
        const gone = await db.deleteFrom('rule_exceptions').where('id', '=', params.id!).executeTakeFirst()
        if (gone.numDeletedRows === 0n) throw new JennerError('target_not_found', 'exception')
        await tellAgents(context)
      },
    }),
  ]
}

function custom(context: Context): Route[] {
  const { db, now } = context
  return [
    route({
      method: 'GET',
      path: '/rules/files',
      access: 'viewer',
      summary: 'Rule files of your own',
      response: z.array(customFile),
      handle: async () => db.selectFrom('custom_rules').select(['name', 'text']).orderBy('name').execute(),
    }),
    route({
      method: 'PUT',
      path: '/rules/files',
      access: 'admin',
      summary: 'Stores a rule file in Falco’s format; one that does not load is refused',
      body: customFile,
      bodyLimit: 2 * 1024 * 1024,
      audit: 'rule.file',
      auditDetail: body => body.name,
      handle: async ({ body }) => {
        checkLoads([{ name: body.name, content: body.text }])
        const row = { ...body, updated_at: now() }
        await db
          .insertInto('custom_rules')
          .values(row)
          .onConflict(on => on.column('name').doUpdateSet(row))
          .execute()
        await tellAgents(context)
      },
    }),
    route({
      method: 'DELETE',
      path: '/rules/files/:id',
      access: 'admin',
      summary: 'Takes a rule file out',
      audit: 'rule.file.delete',
      handle: async ({ params }) => {
        await db.deleteFrom('custom_rules').where('name', '=', params.id!).execute()
        await tellAgents(context)
      },
    }),
  ]
}

/** What an agent would not load, nobody may store: it would watch with old rules from then on. */
function checkLoads(files: { name: string; content: string }[]): void {
  const { errors } = loadRules([...libraryTexts(), ...files])
  if (errors.length === 0) return
  const { code, message, line } = errors[0]!
  throw new JennerError('bad_argument', `${code} line ${line}: ${message}`)
}

async function tellAgents({ db, queue }: Context): Promise<void> {
  for (const { id, name } of await db.selectFrom('hosts').select(['id', 'name']).execute())
    await queue.add({ kind: 'rules', target: id, title: name, hostId: id })
}

async function ruleNamed(context: Context, name: string): Promise<RuleFacts> {
  return found(
    (await allFacts(context)).find(one => one.name === name),
    'rule',
  )
}

async function allFacts({ db }: Context): Promise<RuleFacts[]> {
  const files = await db.selectFrom('custom_rules').select(['name', 'text']).orderBy('name').execute()
  const own = files.length === 0 ? [] : customRules(files)
  const names = new Set(own.map(one => one.name))
  return [...libraryRules().filter(one => !names.has(one.name)), ...own]
}

async function allRules(context: Context): Promise<Rule[]> {
  const { db } = context
  const states = new Map(
    (await db.selectFrom('rule_state').selectAll().execute()).map(row => [row.name, row.enabled === 1]),
  )
  const byRule = Map.groupBy(
    await db.selectFrom('rule_exceptions').selectAll().orderBy('id').execute(),
    row => row.rule,
  )
  const hits = await hitsOf(context)
  return (await allFacts(context)).map(({ byDefault, ...facts }) => ({
    ...facts,
    enabled: states.get(facts.name) ?? byDefault,
    hitsDay: hits.get(facts.name)?.day ?? 0,
    hitsWeek: hits.get(facts.name)?.week ?? 0,
    exceptions: (byRule.get(facts.name) ?? []).map(exceptionOf),
  }))
}

const counted = new WeakMap<object, { at: number; hits: Map<string, { day: number; week: number }> }>()

/** Counted at most once a minute: a week may hold a million alerts. */
async function hitsOf({ db, now }: Context): Promise<Map<string, { day: number; week: number }>> {
  const before = counted.get(db)
  if (before && Math.abs(now() - before.at) < 60_000) return before.hits
  const hits = new Map<string, { day: number; week: number }>()
  const count = async (since: number, key: 'day' | 'week') => {
    const rows = await db
      .selectFrom('alerts')
      .select(['rule', sql<number>`count(*)`.as('n')])
      .where('time', '>=', since)
      .groupBy('rule')
      .execute()
    for (const { rule, n } of rows) hits.set(rule, { ...(hits.get(rule) ?? { day: 0, week: 0 }), [key]: Number(n) })
  }
  await count(now() - day, 'day')
  await count(now() - 7 * day, 'week')
  counted.set(db, { at: now(), hits })
  return hits
}

function exceptionOf(row: {
  id: string
  rule: string
  name: string
  fields: string
  comment: string
  created_by: string
  created_at: number
}) {
  const { id, rule, name, fields, comment, created_by, created_at } = row
  return {
    id,
    rule,
    name,
    fields: parsed<Rule['exceptions'][number]['fields']>(fields),
    comment,
    createdBy: created_by,
    createdAt: iso(created_at),
  }
}

/** Some hundred rules: paged in memory, behind the name of the last one. */
function pageOfRules(all: readonly Rule[], query: RuleQuery) {
  const { area, enabled, priority, fired, q, sort = 'name', cursor, limit } = query
  const down = sort.startsWith('-')
  const key = down ? sort.slice(1) : sort
  const value = sorters[key]
  if (!value) throw new JennerError('bad_argument', `sort: ${sort}`)
  const words = q?.toLowerCase()
  const rules = all
    .filter(
      one =>
        (area === undefined || one.area === area) &&
        (enabled === undefined || one.enabled === enabled) &&
        (priority === undefined || one.priority === priority) &&
        (fired === undefined || one.hitsWeek > 0 === fired) &&
        (words === undefined ||
          `${one.name} ${one.title.ko} ${one.description.en} ${one.description.ko} ${one.tags.join(' ')}`
            .toLowerCase()
            .includes(words)),
    )
    .sort((a, b) => (down ? -1 : 1) * (compare(value(a), value(b)) || compare(a.name, b.name)))
  const from =
    cursor === undefined
      ? 0
      : rules.findIndex(one => one.name === Buffer.from(cursor, 'base64url').toString('utf8')) + 1
  const items = rules.slice(from, from + limit)
  const more = from + limit < rules.length
  return { items, total: rules.length, ...(more && { next: Buffer.from(items.at(-1)!.name).toString('base64url') }) }
}

const sorters: Record<string, (rule: Rule) => string | number> = {
  name: rule => rule.name,
  area: rule => rule.area,
  priority: rule => priorities.indexOf(rule.priority),
  hitsDay: rule => rule.hitsDay,
  hitsWeek: rule => rule.hitsWeek,
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
