import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { compareDigits, compareText, digitsEnd, isDigit, type Order } from '../../versions/digits.ts'
import { satisfiesExpression } from '../../versions/expression.ts'

/**
 * Alpine's versions (apk-package(5), APKBUILD policy "pkgver"):
 *
 *     version = number *( "." number ) [ letter ] *( "_" suffix [ number ] ) [ "~" commit ] [ "-r" number ]
 *     suffix  = "alpha" / "beta" / "pre" / "rc"  (before the release)  /  "cvs" / "svn" / "git" / "hg" / "p"  (after it)
 *
 * Numbers compare as numbers, from the second on as text where one has a leading zero. With all shared parts equal, the version that goes on is newer,
 * unless it goes on with a pre-release suffix. What breaks the grammar ends the comparison there, as in apk itself.
 */
export const versions: VersionScheme = {
  compare(left, right) {
    const a = left.trim()
    const b = right.trim()
    if (!readable.test(a) || !readable.test(b)) return undefined
    return compareParts(a, b)
  },
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: versions.compare }),
}

/** A number missing in front counts as 0. */
const readable = /^\.?\d\S*$/

/** Parts in the order of their weight: of two versions equal so far, the one whose next part comes earlier in this list is newer. */
const kinds = { number: 0, letter: 1, suffix: 2, suffixNumber: 3, commit: 4, revision: 5, end: 6, bad: 7 } as const
type Kind = (typeof kinds)[keyof typeof kinds]

interface Part {
  kind: Kind
  from: number
  end: number
}

const before = ['alpha', 'beta', 'pre', 'rc']
const afterwards = ['cvs', 'svn', 'git', 'hg', 'p']

function compareParts(a: string, b: string): Order {
  let left: Part = { kind: kinds.number, from: 0, end: digitsEnd(a, 0) }
  let right: Part = { kind: kinds.number, from: 0, end: digitsEnd(b, 0) }
  let first = true
  while (left.kind === right.kind) {
    if (left.kind === kinds.end || left.kind === kinds.bad) return 0
    const order = comparePart(a, left, b, right, first)
    if (order !== 0) return order
    left = next(a, left)
    right = next(b, right)
    first = false
  }
  if (left.kind === kinds.suffix && suffixWeight(a, left) < 0) return -1
  if (right.kind === kinds.suffix && suffixWeight(b, right) < 0) return 1
  return left.kind > right.kind ? -1 : 1
}

function comparePart(a: string, left: Part, b: string, right: Part, first: boolean): Order {
  if (left.kind === kinds.suffix) {
    const difference = suffixWeight(a, left) - suffixWeight(b, right)
    return difference === 0 ? 0 : difference < 0 ? -1 : 1
  }
  const zero = left.kind === kinds.number && (a.charCodeAt(left.from) === 48 || b.charCodeAt(right.from) === 48)
  if (left.kind === kinds.letter || left.kind === kinds.commit || (zero && !first))
    return compareText(a.slice(left.from, left.end), b.slice(right.from, right.end))
  return compareDigits(a, left.from, left.end, b, right.from, right.end)
}

/** Before a release below 0; an unknown word lowest of all. */
function suffixWeight(text: string, part: Part): number {
  const word = text.slice(part.from, part.end)
  const early = before.indexOf(word)
  if (early >= 0) return early - before.length
  const late = afterwards.indexOf(word)
  return late >= 0 ? late : -before.length - 1
}

function next(text: string, part: Part): Part {
  const at = part.end
  if (at >= text.length) return { kind: kinds.end, from: at, end: at }
  const code = text.charCodeAt(at)
  const found = follow(text, at, code, part.kind)
  const backwards = found.kind < part.kind && !(found.kind === kinds.number && part.kind === kinds.letter)
  const again = found.kind === kinds.suffix && part.kind === kinds.suffixNumber
  return backwards && !again ? { kind: kinds.bad, from: at, end: at } : found
}

function follow(text: string, at: number, code: number, kind: Kind): Part {
  if (code >= 97 && code <= 122 && kind === kinds.number) return { kind: kinds.letter, from: at, end: at + 1 }
  if (isDigit(code) && kind === kinds.letter) return { kind: kinds.number, from: at, end: digitsEnd(text, at) }
  if (isDigit(code) && kind === kinds.suffix) return { kind: kinds.suffixNumber, from: at, end: digitsEnd(text, at) }
  if (code === 46) return { kind: kinds.number, from: at + 1, end: digitsEnd(text, at + 1) }
  if (code === 95) return { kind: kinds.suffix, from: at + 1, end: wordEnd(text, at + 1) }
  if (code === 126) return { kind: kinds.commit, from: at + 1, end: commitEnd(text, at + 1) }
  if (code === 45 && text.charCodeAt(at + 1) === 114)
    return { kind: kinds.revision, from: at + 2, end: digitsEnd(text, at + 2) }
  return { kind: kinds.bad, from: at, end: at }
}

function wordEnd(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) >= 97 && text.charCodeAt(at) <= 122) at++
  return at
}

function commitEnd(text: string, from: number): number {
  let at = from
  while (isDigit(text.charCodeAt(at)) || (text.charCodeAt(at) >= 97 && text.charCodeAt(at) <= 102)) at++
  return at
}
