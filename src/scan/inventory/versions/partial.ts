import type { VersionScheme } from '../../../base/model/ecosystem.ts'
import { increment } from './digits.ts'
import { holds, type OperatorRule } from './expression.ts'

/** A version of which only the first numbers may be given: `1`, `1.2`, `1.x`, `1.2.*`, `1.2.3-beta`. */
export interface Partial {
  /** The numbers given, without the wildcard and what follows. */
  numbers: string[]
  /** What stands behind the numbers, with its separator: `-beta.1`, `+build`; '' when nothing does. */
  rest: string
  /** A wildcard stands behind the numbers. */
  wildcard: boolean
}

/** Reads `["v"] number *("." number) ["." wildcard …] [rest]`; `undefined` when it begins with neither a number nor a wildcard. */
export function readPartial(text: string): Partial | undefined {
  const match = /^[v=]*((?:\d+(?:\.\d+)*)?)(.*)$/is.exec(text)
  if (!match) return undefined
  const numbers = match[1] === '' ? [] : match[1]!.split('.')
  const rest = match[2]!
  if (/^\.?[x*](?:[.-].*)?$/i.test(rest)) return { numbers, rest: '', wildcard: true }
  return numbers.length === 0 ? undefined : { numbers, rest, wildcard: false }
}

/** Whether the text names a whole family (`1.2`, `1.x`) rather than one version. */
export const isFamily = (partial: Partial): boolean =>
  partial.wildcard || (partial.numbers.length < 3 && partial.rest === '')

/** First version behind all that begin with `numbers[0..at]`, before its own pre-releases: `1.3.0-0`. */
function after(numbers: string[], at: number, lowest: string): string {
  const kept = numbers.slice(0, at + 1)
  kept[at] = increment(kept[at]!)
  while (kept.length < 3) kept.push('0')
  return kept.join('.') + lowest
}

/** The rules that npm, Cargo, Composer and their relatives share, over their `compare`. `lowest` is put behind a bound to mean "before its pre-releases". */
export function familyRules(compare: VersionScheme['compare'], lowest: string) {
  const between: (version: string, low: string, high: string | undefined) => boolean | undefined = (
    version,
    low,
    high,
  ) => {
    const atLeast = compare(version, low)
    const below = high === undefined ? -1 : compare(version, high)
    if (atLeast !== undefined && atLeast < 0) return false
    if (below !== undefined && below >= 0) return false
    return atLeast === undefined || below === undefined ? undefined : true
  }
  const low = ({ numbers, rest }: Partial): string => {
    const padded = [...numbers]
    while (padded.length < 3) padded.push('0')
    return padded.join('.') + rest
  }
  const family =
    (fixedParts: (numbers: string[]) => number): OperatorRule =>
    (version, operand) => {
      const partial = readPartial(operand)
      if (!partial) return undefined
      if (partial.numbers.length === 0) return true
      return between(version, low(partial), after(partial.numbers, fixedParts(partial.numbers), lowest))
    }

  /** `^1.2.3`: up to the next change of the leftmost number that is not 0. */
  const caret = family(numbers => {
    const leading = numbers.slice(0, 3).findIndex(number => !/^0+$/.test(number))
    return leading < 0 ? Math.min(numbers.length, 3) - 1 : leading
  })
  /** npm's and Cargo's `~1.2.3`, `~1.2`: patches; `~1`: minors. */
  const tilde = family(numbers => Math.min(numbers.length, 2) - 1)
  /** `~> 1.2.3`, Composer's `~1.2.3`: the last number given may grow. */
  const pessimistic = family(numbers => Math.max(numbers.length - 2, 0))
  /** `1.2`, `1.2.x`, `=1.2`: all that begin so; a whole version only itself. */
  const exact: OperatorRule = (version, operand) => {
    const partial = readPartial(operand)
    if (partial && isFamily(partial)) return prefix(version, operand)
    const order = compare(version, operand)
    return order === undefined ? undefined : order === 0
  }
  const prefix = family(numbers => numbers.length - 1)
  const not: OperatorRule = (version, operand) => {
    const same = exact(version, operand)
    return same === undefined ? undefined : !same
  }
  /** `<=1.2` includes 1.2.9; `>1.2` (where a whole family is meant) excludes it. */
  const atMost: OperatorRule = (version, operand) => {
    const partial = readPartial(operand)
    const family = partial && isFamily(partial) && partial.numbers.length > 0
    const order = compare(version, family ? after(partial.numbers, partial.numbers.length - 1, lowest) : bound(operand))
    return order === undefined ? undefined : family ? order < 0 : order <= 0
  }
  const above: OperatorRule = (version, operand) => {
    const inside = atMost(version, operand)
    return inside === undefined ? undefined : !inside
  }
  /** A bound with its wildcard taken off: `1.x` is `1`. */
  const bound = (operand: string): string => {
    const partial = readPartial(operand)
    return partial ? low(partial) : operand
  }
  const ordered =
    (operator: string): OperatorRule =>
    (version, operand) => {
      const order = compare(version, bound(operand))
      return order === undefined ? undefined : holds(operator, order)
    }
  return { caret, tilde, pessimistic, exact, prefix, not, atMost, above, ordered }
}
