import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { increment } from '../../versions/digits.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareNumberLists } from '../../versions/number-list.ts'

/** Haskell's PVP: lists of numbers. Cabal's ranges: `== 1.2.*`, `^>= 1.2.3` (below the next A.B), `&&`, `||`. */
export const versions: VersionScheme = {
  compare: compareNumberLists,
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

function between(version: string, low: string, high: string): boolean | undefined {
  const atLeast = compareNumberLists(version, low)
  const below = compareNumberLists(version, high)
  return atLeast === undefined || below === undefined ? undefined : atLeast >= 0 && below < 0
}

function equals(version: string, operand: string): boolean | undefined {
  if (operand.endsWith('.*')) {
    const prefix = operand.slice(0, -2)
    const numbers = prefix.split('.')
    if (!numbers.every(number => /^\d+$/.test(number))) return undefined
    return between(version, prefix, [...numbers.slice(0, -1), increment(numbers.at(-1)!)].join('.'))
  }
  const order = compareNumberLists(version, operand)
  return order === undefined ? undefined : order === 0
}

function major(version: string, operand: string): boolean | undefined {
  const [first = '', second = '0'] = operand.split('.')
  if (!/^\d+$/.test(first) || !/^\d+$/.test(second)) return undefined
  return between(version, operand, `${first}.${increment(second)}`)
}

const ranges = {
  compare: compareNumberLists,
  prepare: (range: string) => (range.trim() === '-any' ? '' : range),
  operators: { '': equals, '=': equals, '==': equals, '^>=': major },
}
