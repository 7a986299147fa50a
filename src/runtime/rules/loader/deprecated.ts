import type { Condition, RightSide, ValueRef } from '../condition/ast.ts'
import type { Problem } from '../model.ts'
import { type Place, problemOf } from './problem.ts'

/** Fields that say nothing since no event is told when a system call begins. */
const fields = ['evt.dir', 'evt.latency', 'evt.latency.s', 'evt.latency.ns', 'evt.latency.human', 'evt.wait_latency']

/** A warning for each such field that a rule's condition or output names. */
export function deprecatedFields(condition: Condition, output: string, place: Place): Problem[] {
  const inOutput = [...output.matchAll(/%(?:[a-z0-9]+\()?([a-zA-Z][\w.]*)/g)].map(match => match[1]!)
  const warn = (field: string, where: string): Problem =>
    problemOf(
      'LOAD_DEPRECATED_ITEM',
      `usage of deprecated field '${field}' has been detected in the rule ${where}`,
      place,
    )
  const known = (names: string[]): string[] => [...new Set(names)].filter(name => fields.includes(name))
  return [
    ...known(fieldsOf(condition)).map(field => warn(field, 'condition')),
    ...known(inOutput).map(field => warn(field, 'output')),
  ]
}

function fieldsOf(condition: Condition): string[] {
  if (condition.kind === 'not') return fieldsOf(condition.operand)
  if (condition.kind === 'and' || condition.kind === 'or') return condition.operands.flatMap(fieldsOf)
  if (condition.kind !== 'check') return []
  return [...named(condition.left), ...(condition.right ? named(condition.right) : [])]
}

function named(side: ValueRef | RightSide): string[] {
  if (side.kind === 'field') return [side.name]
  if (side.kind !== 'transformer') return []
  return side.arguments.flat().flatMap(argument => (typeof argument === 'string' ? [] : named(argument)))
}
