import type { VersionScheme } from '../../../base/model/ecosystem.ts'
import { compareNumbers, compareText, type Order } from './digits.ts'
import { satisfiesExpression } from './expression.ts'

const early = /^(?:a|alpha|b|beta|c|rc|cr|pre|preview|dev|snapshot|nightly|m|milestone|ea|test)$/

/**
 * Order of versions that follow no rule: runs of digits and letters, pairwise. Numbers by value; words that mean "not yet" (alpha, rc, dev …; a, b, c, m only
 * right before a number) come before the end, other letters after it (OpenSSL 1.0.2 < 1.0.2k, OpenSSH 9.8 < 9.8p1); a number comes after letters; missing numbers are 0.
 * What stands behind "+" has no weight. Neither side without a number can be compared.
 */
export function compareFuzzy(left: string, right: string): Order | undefined {
  const a = runsOf(left)
  const b = runsOf(right)
  if (!a || !b) return undefined
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compareRun(a[at], b[at], a[at + 1], b[at + 1])
    if (order !== 0) return order
  }
  return 0
}

/** For what has no order of its own. */
export const fuzzy: VersionScheme = {
  compare: compareFuzzy,
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: compareFuzzy }),
}

function runsOf(text: string): string[] | undefined {
  const version = text
    .trim()
    .toLowerCase()
    .replace(/^v(?:er(?:sion)?)?[ ._-]?(?=\d)/, '')
    .replace(/(\d)\+.*$/s, '$1')
  if (version.length > 1024 || /\s/.test(version) || !/^[\d.]*\d/.test(version)) return undefined
  return version.match(/\d+|[a-z]+/g) ?? undefined
}

const isNumber = (run: string): boolean => run.charCodeAt(0) <= 57

/** 0 not yet, 1 the end or a number 0, 2 other letters, 3 a number. */
function rank(run: string | undefined, next: string | undefined): number {
  if (run === undefined) return 1
  if (isNumber(run)) return 3
  const short = run.length === 1
  return early.test(run) && (!short || (next !== undefined && isNumber(next))) ? 0 : 2
}

function compareRun(
  a: string | undefined,
  b: string | undefined,
  aNext: string | undefined,
  bNext: string | undefined,
): Order {
  if (a !== undefined && b !== undefined && isNumber(a) && isNumber(b)) return compareNumbers(a, b)
  if (a === undefined && b !== undefined && isNumber(b) && /^0+$/.test(b)) return 0
  if (b === undefined && a !== undefined && isNumber(a) && /^0+$/.test(a)) return 0
  const x = rank(a, aNext)
  const y = rank(b, bNext)
  if (x !== y) return x < y ? -1 : 1
  return compareText(a ?? '', b ?? '')
}
