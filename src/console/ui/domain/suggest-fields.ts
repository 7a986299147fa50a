import type { RuleExceptionInput } from '../../../server/schemas/rules.ts'

type Field = RuleExceptionInput['fields'][number]

/** Fields that say who did what and stay the same from one run to the next, the most telling first. */
const telling = [
  'proc.name',
  'proc.pname',
  'proc.exepath',
  'container.image.repository',
  'fd.name',
  'user.name',
  'container.name',
]

/** The first conditions of an exception made from an alert: at most three telling fields that it carries. */
export function suggestFields(values: Record<string, unknown>): Field[] {
  // The two ends of a connection hold a port that no later one has.
  const lasting = (field: string) => field !== 'fd.name' || !String(values[field]).includes('->')
  const found = telling.filter(
    field => typeof values[field] === 'string' && lasting(field) && values[field] !== '' && values[field] !== '<NA>',
  )
  const fields = found
    .slice(0, 3)
    .map(field => ({ field, operator: '=' as const, value: [String(values[field]).slice(0, 1000)] }))
  return fields.length > 0 ? fields : [{ field: 'proc.name', operator: '=', value: [''] }]
}
