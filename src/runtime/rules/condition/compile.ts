import { JennerError } from '../../../base/errors.ts'
import type { Check, Condition, Modifier } from './ast.ts'
import { compileListTest, compileTest, type Test } from './compare.ts'
import { compileValue, type FieldSource, type FieldValue, textOf } from './value.ts'

/** Whether an event fulfils a condition. */
export type Matcher = (event: unknown) => boolean

/**
 * Compiles a condition (macros and lists already resolved) to closures over the readers of `source`.
 * An absent field makes every comparison false; only `not` turns that round. Throws JennerError malformed for unknown fields and operands that do not fit.
 */
export function compileMatcher(condition: Condition, source: FieldSource): Matcher {
  switch (condition.kind) {
    case 'macro':
      throw new JennerError('malformed', `undefined macro ${condition.name}`)
    case 'not': {
      const operand = compileMatcher(condition.operand, source)
      return event => !operand(event)
    }
    case 'check':
      return compileCheck(condition, source)
    default:
      return combine(
        condition.kind,
        condition.operands.map(operand => compileMatcher(operand, source)),
      )
  }
}

function combine(kind: 'and' | 'or', operands: Matcher[]): Matcher {
  const [first, second] = operands
  if (first && second && operands.length === 2)
    return kind === 'and' ? event => first(event) && second(event) : event => first(event) || second(event)
  const last = operands.length
  if (kind === 'and') {
    return event => {
      for (let index = 0; index < last; index++) if (!operands[index]!(event)) return false
      return true
    }
  }
  return event => {
    for (let index = 0; index < last; index++) if (operands[index]!(event)) return true
    return false
  }
}

function compileCheck(check: Check, source: FieldSource): Matcher {
  const read = compileValue(check.left, source)
  if (check.operator === 'exists') return event => read(event) !== undefined
  const { right } = check
  if (right?.kind === 'field' || right?.kind === 'transformer')
    return compareFields(check, read, compileValue(right, source))
  const test = compileRight(check)
  return event => {
    const value = read(event)
    return value !== undefined && test(value)
  }
}

/** Fields over all ancestors, or over both ends of a connection: `in` holds for them when one of the values is in the list, not only when all are. */
const anyOf = /^(proc\.a(name|exe|exepath|cmdline|pid|env)|fd\.(ip|net|port|proto)|fd\.[cslr]ip\.name)$/

/** The test of a check whose right side is a text or a list. */
export function compileRight({ left, operator, modifier, right }: Check): Test {
  const texts =
    right?.kind === 'list'
      ? right.values
      : right?.kind === 'name'
        ? [right.name]
        : right?.kind === 'text'
          ? [right.value]
          : []
  if (operator === 'in' && left.kind === 'field' && anyOf.test(left.name)) return compileListTest('intersects', texts)
  if (operator === 'in' || operator === 'intersects' || operator === 'pmatch') return compileListTest(operator, texts)
  if (modifier)
    return quantify(
      modifier,
      texts.map(text => compileTest(operator, text)),
    )
  return compileTest(operator, texts[0] ?? '')
}

/** `oneof`: exactly one of the list holds; `anyof`: at least one; `allof`: every one. An empty list never holds. */
function quantify(modifier: Modifier, tests: Test[]): Test {
  if (tests.length === 0) return () => false
  if (modifier === 'anyof') return value => tests.some(test => test(value))
  if (modifier === 'allof') return value => tests.every(test => test(value))
  return value => tests.filter(test => test(value)).length === 1
}

/** Right sides that are fields: the operand is known only with the event, so the last compiled one is kept. */
function compareFields(
  { operator }: Check,
  left: (event: unknown) => FieldValue,
  right: (event: unknown) => FieldValue,
): Matcher {
  const list = operator === 'in' || operator === 'intersects' || operator === 'pmatch'
  let operand: string | undefined
  let test: Test = () => false
  return event => {
    const value = left(event)
    const other = right(event)
    if (value === undefined || other === undefined) return false
    const texts = Array.isArray(other) ? other.map(String) : [textOf(other)]
    const key = texts.join('\0')
    if (key !== operand) {
      operand = key
      test = list ? compileListTest(operator, texts) : compileTest(operator, texts[0] ?? '')
    }
    return test(value)
  }
}
