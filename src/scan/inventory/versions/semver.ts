import { compareDigits, compareText, digitsEnd, isDigit, isLetter, type Order } from './digits.ts'

const readable = /^[=vV]*\d[0-9A-Za-z.+_~-]*$/

export interface SemverOptions {
  /** NuGet: identifiers of a pre-release compare without case. */
  ignoreCase?: boolean
  /** Dart: builds are compared too, none before any. */
  compareBuild?: boolean
}

/**
 * Order by SemVer 2.0.0 §11, read as leniently as the registries write:
 *
 *     version    = *("=" / "v") number *( "." number ) [ ["-"] prerelease ] [ "+" build ]
 *     prerelease = identifier *( "." identifier )
 *
 * Missing numbers count as 0, there may be more than three, leading zeros are allowed, and a letter right after the numbers
 * (or after a dot) begins a pre-release as in npm's loose mode. Numeric identifiers are less than others and compare as numbers,
 * others as ASCII text; more identifiers win; a pre-release is before its release. Build metadata has no weight.
 */
export function compareSemver(left: string, right: string, options: SemverOptions = {}): Order | undefined {
  const a = left.trim()
  const b = right.trim()
  if (!readable.test(a) || !readable.test(b)) return undefined
  let i = numbersStart(a)
  let j = numbersStart(b)
  for (;;) {
    const iEnd = digitsEnd(a, i)
    const jEnd = digitsEnd(b, j)
    const order = compareDigits(a, i, iEnd, b, j, jEnd)
    if (order !== 0) return order
    i = nextNumber(a, iEnd)
    j = nextNumber(b, jEnd)
    if (i === iEnd && j === jEnd) break
  }
  const order = compareTails(a, prereleaseStart(a, i), b, prereleaseStart(b, j), options.ignoreCase === true)
  if (order !== 0 || !options.compareBuild) return order
  return compareBuilds(a, b)
}

function numbersStart(text: string): number {
  let at = 0
  while (!isDigit(text.charCodeAt(at))) at++
  return at
}

/** Where the next number starts, or `at` itself when the numbers are over (an empty run there counts as 0). */
const nextNumber = (text: string, at: number): number =>
  text.charCodeAt(at) === 46 && isDigit(text.charCodeAt(at + 1)) ? at + 1 : at

/** Where the pre-release begins, or -1. */
function prereleaseStart(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (Number.isNaN(code) || code === 43) return -1
  if (isLetter(code)) return at
  return at + 1 < text.length ? at + 1 : -1
}

function compareTails(a: string, i: number, b: string, j: number, ignoreCase: boolean): Order {
  if (i < 0 || j < 0) return i < 0 && j < 0 ? 0 : i < 0 ? 1 : -1
  const left = tail(a, i, ignoreCase)
  const right = tail(b, j, ignoreCase)
  return left === right ? 0 : compareIdentifiers(left.split('.'), right.split('.'))
}

function tail(text: string, from: number, ignoreCase: boolean): string {
  const plus = text.indexOf('+', from)
  const rest = text.slice(from, plus < 0 ? text.length : plus)
  return ignoreCase ? rest.toLowerCase() : rest
}

const numeric = /^\d+$/

/** Order of dotted identifiers by SemVer §11.4. */
export function compareIdentifiers(a: string[], b: string[]): Order {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at++) {
    const order = compareIdentifier(a[at]!, b[at]!)
    if (order !== 0) return order
  }
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1
}

function compareIdentifier(a: string, b: string): Order {
  if (a === b) return 0
  const aNumeric = numeric.test(a)
  const bNumeric = numeric.test(b)
  if (aNumeric && bNumeric) return compareDigits(a, 0, a.length, b, 0, b.length)
  if (aNumeric !== bNumeric) return aNumeric ? -1 : 1
  return compareText(a, b)
}

function compareBuilds(a: string, b: string): Order {
  const i = a.indexOf('+')
  const j = b.indexOf('+')
  if (i < 0 || j < 0) return i < 0 && j < 0 ? 0 : i < 0 ? -1 : 1
  return compareIdentifiers(a.slice(i + 1).split('.'), b.slice(j + 1).split('.'))
}
