import { JennerError } from '../../../base/errors.ts'
import { compileCondition } from '../../../runtime/rules/engine.ts'
import type { Source } from '../../../runtime/rules/fields.ts'
import type { Context } from '../../context.ts'
import { iso } from '../../ingest/time.ts'
import type { Backtest, RuleException } from '../../schemas/rules.ts'
import { parsed } from '../found.ts'

type Fields = RuleException['fields']

const most = 200_000
const part = 2000

/** What an exception would have hidden of the stored alerts of its rule. Throws JennerError bad_argument for a condition that does not compile. */
export async function backtest({ db, now }: Context, rule: string, fields: Fields, source: Source): Promise<Backtest> {
  const hides = compile(fields, source)
  let alerts = 0
  let hidden = 0
  let since = now()
  const kept = new Set<string>()
  const touched = new Set<string>()
  const samples: Backtest['samples'] = []
  let cursor: { time: number; id: string } | undefined
  while (alerts < most) {
    let query = db
      .selectFrom('alerts')
      .select(['id', 'time', 'output', 'fields', 'incident_id'])
      .where('rule', '=', rule)
    if (cursor) {
      const { time, id } = cursor
      query = query.where(eb => eb.or([eb('time', '<', time), eb.and([eb('time', '=', time), eb('id', '<', id)])]))
    }
    const rows = await query.orderBy('time', 'desc').orderBy('id', 'desc').limit(part).execute()
    for (const row of rows) {
      alerts++
      since = Math.min(since, row.time)
      if (!hides(parsed<Record<string, unknown>>(row.fields))) {
        kept.add(row.incident_id)
        continue
      }
      hidden++
      touched.add(row.incident_id)
      if (samples.length < 10) samples.push({ id: row.id, time: iso(row.time), output: row.output })
    }
    const last = rows.at(-1)
    if (!last || rows.length < part) break
    cursor = last
    await new Promise(resolve => setImmediate(resolve))
  }
  const incidents = [...touched].filter(id => !kept.has(id)).length
  return { alerts, hidden, incidents, since: iso(since), samples }
}

function compile(fields: Fields, source: Source): (event: Record<string, unknown>) => boolean {
  try {
    return compileCondition(conditionOf(fields), source).matches
  } catch (cause) {
    throw new JennerError('bad_argument', cause instanceof JennerError ? cause.detail : 'fields', cause)
  }
}

/** The condition that stands for an exception's fields. */
export function conditionOf(fields: Fields): string {
  return fields
    .map(({ field, operator, value }) => {
      if (!/^[a-z][a-z0-9_.]*(?:\[[^\]\s()"']{1,100}\])?$/i.test(field))
        throw new JennerError('bad_argument', `field ${field}`)
      const list = operator === 'in' || operator === 'pmatch'
      return `${field} ${operator} ${list ? `(${value.map(quoted).join(', ')})` : quoted(value[0]!)}`
    })
    .join(' and ')
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}
