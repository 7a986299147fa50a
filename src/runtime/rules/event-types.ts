import type { Condition } from './condition/ast.ts'

/** Which event types a condition can hold for: just these, or all but these. */
export type TypeSet = { only: ReadonlySet<string> } | { except: ReadonlySet<string> }

const everything: TypeSet = { except: new Set() }
const nothing: TypeSet = { only: new Set() }

/**
 * The event types for which a condition may be true. Checks on `evt.type` (and `syscall.type`) with `=`, `==`, `!=`, `in` narrow it; `evt.num = 0` holds for none;
 * any other check says nothing. Negation is pushed down to the checks, so that `not (a and b)` is `not a or not b`.
 */
export function eventTypesOf(condition: Condition, negated = false): TypeSet {
  switch (condition.kind) {
    case 'not':
      return eventTypesOf(condition.operand, !negated)
    case 'and':
    case 'or': {
      const sets = condition.operands.map(operand => eventTypesOf(operand, negated))
      return (condition.kind === 'and') !== negated ? sets.reduce(intersect, everything) : sets.reduce(unite, nothing)
    }
    case 'check':
      return checkTypes(condition, negated)
    default:
      return everything
  }
}

/** The same set as a plain list, or undefined for "all but a few". */
export function listedTypes(set: TypeSet): string[] | undefined {
  return 'only' in set ? [...set.only].sort() : undefined
}

export function hasType(set: TypeSet, type: string): boolean {
  return 'only' in set ? set.only.has(type) : !set.except.has(type)
}

function checkTypes(check: Extract<Condition, { kind: 'check' }>, negated: boolean): TypeSet {
  const { left, operator, right } = check
  if (left.kind !== 'field' || left.argument !== undefined) return everything
  if (left.name === 'evt.num' && /^==?$/.test(operator) && right?.kind === 'text' && right.value === '0')
    return negated ? everything : nothing
  if (left.name !== 'evt.type' && left.name !== 'syscall.type') return everything
  const names = right?.kind === 'list' ? right.values : right?.kind === 'text' ? [right.value] : undefined
  if (!names || check.modifier) return everything
  if (operator !== '=' && operator !== '==' && operator !== 'in' && operator !== '!=') return everything
  const set = new Set(names)
  return (operator === '!=') === negated ? { only: set } : { except: set }
}

function intersect(a: TypeSet, b: TypeSet): TypeSet {
  if ('only' in a) return { only: new Set([...a.only].filter(type => hasType(b, type))) }
  if ('only' in b) return intersect(b, a)
  return { except: new Set([...a.except, ...b.except]) }
}

function unite(a: TypeSet, b: TypeSet): TypeSet {
  if ('except' in a) return { except: new Set([...a.except].filter(type => !hasType(b, type))) }
  if ('except' in b) return unite(b, a)
  return { only: new Set([...a.only, ...b.only]) }
}
