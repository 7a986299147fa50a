import { compareDotted, compareNumbers, digitsEnd, isDigit, isLetter, type Order } from './digits.ts'

const plain = /^[vV]?\d+(?:\.\d+)*$/
const readable = /^[0-9A-Za-z.#+_/~-]{1,512}$/

/**
 * Composer\Semver's normalisation (a `v` before and build metadata behind are dropped; beside a plain release the numbers are padded to four), then PHP's version_compare:
 * `_ - +` and every change between digits and letters separate like a dot; parts compare pairwise; words rank
 * unknown < dev < alpha, a < beta, b < RC, rc < # < pl, p by how they begin, a number standing as `#`; a longer version is newer if it goes on with a number or `p`.
 */
export function comparePhp(left: string, right: string): Order | undefined {
  const a = withoutStable(left.trim())
  const b = withoutStable(right.trim())
  if (plain.test(a) && plain.test(b)) return compareNumbersOnly(a, b)
  if (!readable.test(a) || !readable.test(b)) return undefined
  if (isBranch(a) && isBranch(b) && a !== b) return undefined
  const padded = (plain.test(a) || plain.test(b)) && !a.includes('#') && !b.includes('#')
  return compareParts(partsOf(a, padded), partsOf(b, padded))
}

/** `1.0-stable` is 1.0. */
const withoutStable = (version: string): string =>
  /stable/i.test(version) ? version.replace(/(?<=\d)[-._]?stable(?:[.-]?\d)*(?:[.-]?dev)?(?=\+|$)/i, '') : version

/** `dev-main`: a branch, not a version. (`1.x-dev` is numbered and has a place.) */
export const isBranch = (version: string): boolean => /^\s*dev-/i.test(version)

function compareNumbersOnly(a: string, b: string): Order {
  return compareDotted(a, b, isDigit(a.charCodeAt(0)) ? 0 : 1, isDigit(b.charCodeAt(0)) ? 0 : 1)
}

function partsOf(version: string, padded: boolean): string[] {
  const text = version
    .replace(/^[vV](?=\d)/, '')
    .replace(/^([^+]*[0-9A-Za-z])\+.*$/, '$1')
    .replace(/\.[xX*]-dev$/i, '.9999999.9999999.9999999-dev')
  const parts: string[] = []
  let numbers = 0
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    const end = isDigit(code) ? digitsEnd(text, at) : isLetter(code) || code === 35 ? wordEnd(text, at) : at
    if (end > at) {
      if (isDigit(code) && numbers === parts.length && numbers < 4) numbers++
      parts.push(text.slice(at, end))
    }
    at = end > at ? end : at + 1
  }
  while (padded && numbers > 0 && numbers < 4) parts.splice(numbers++, 0, '0')
  return parts
}

function wordEnd(text: string, from: number): number {
  let at = from
  while (isLetter(text.charCodeAt(at)) || text.charCodeAt(at) === 35) at++
  return at
}

function compareParts(a: string[], b: string[]): Order {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at++) {
    const order = comparePart(a[at]!, b[at]!)
    if (order !== 0) return order
  }
  if (a.length > b.length) return isNumber(a[shared]!) ? 1 : compareParts(a.slice(shared), ['#'])
  if (b.length > a.length) return isNumber(b[shared]!) ? -1 : compareParts(['#'], b.slice(shared))
  return 0
}

const isNumber = (part: string): boolean => isDigit(part.charCodeAt(0))

function comparePart(a: string, b: string): Order {
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b)
  const difference = rank(a) - rank(b)
  return difference === 0 ? 0 : difference < 0 ? -1 : 1
}

const words: [string, number][] = [
  ['dev', 0],
  ['alpha', 1],
  ['a', 1],
  ['beta', 2],
  ['b', 2],
  ['RC', 3],
  ['rc', 3],
  ['#', 4],
  ['pl', 5],
  ['p', 5],
]

function rank(part: string): number {
  if (isNumber(part)) return 4
  for (const [word, weight] of words) if (part.startsWith(word)) return weight
  return -1
}
