import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { compareDigits, digitsEnd, isDigit, isLetter, lettersEnd, type Order } from '../../versions/digits.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareRuns } from '../../versions/rpmvercmp.ts'

/**
 * vercmp(8) of pacman:
 *
 *     version = [epoch ":"] pkgver ["-" pkgrel]
 *
 * Epoch, then pkgver, then pkgrel where both have one. Parts are runs of digits and letters; 1.0a < 1.0b < 1.0beta < 1.0p < 1.0pre < 1.0rc < 1.0 < 1.0.a < 1.0.1.
 */
export const versions: VersionScheme = {
  compare(left, right) {
    const a = split(left.trim())
    const b = split(right.trim())
    if (!a || !b) return undefined
    const order = compareSegments(a.epoch, b.epoch) || compareSegments(a.version, b.version)
    return order !== 0 || a.release === undefined || b.release === undefined
      ? order
      : compareSegments(a.release, b.release)
  },
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: versions.compare }),
}

function split(text: string): { epoch: string; version: string; release: string | undefined } | undefined {
  if (text === '' || /\s/.test(text)) return undefined
  const colon = digitsEnd(text, 0)
  const start = text[colon] === ':' ? colon + 1 : 0
  const hyphen = text.lastIndexOf('-')
  const version = text.slice(start, hyphen < 0 ? text.length : hyphen)
  const release = hyphen < 0 ? undefined : text.slice(hyphen + 1)
  return { epoch: (start === 0 ? '' : text.slice(0, colon)) || '0', version, release }
}

function compareSegments(a: string, b: string): Order {
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const iStart = separatorsEnd(a, i)
    const jStart = separatorsEnd(b, j)
    if (iStart >= a.length || jStart >= b.length) {
      i = iStart
      j = jStart
      break
    }
    if (iStart - i !== jStart - j) return iStart - i < jStart - j ? -1 : 1
    const digits = isDigit(a.charCodeAt(iStart))
    if (digits !== isDigit(b.charCodeAt(jStart))) return digits ? 1 : -1
    i = digits ? digitsEnd(a, iStart) : lettersEnd(a, iStart)
    j = digits ? digitsEnd(b, jStart) : lettersEnd(b, jStart)
    const order = (digits ? compareDigits : compareRuns)(a, iStart, i, b, jStart, j)
    if (order !== 0) return order
  }
  if (i >= a.length && j >= b.length) return 0
  const goesOnInLetters = (text: string, at: number): boolean => at < text.length && isLetter(text.charCodeAt(at))
  if (i >= a.length) return goesOnInLetters(b, j) ? 1 : -1
  return goesOnInLetters(a, i) ? -1 : 1
}

function separatorsEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && !isDigit(text.charCodeAt(at)) && !isLetter(text.charCodeAt(at))) at++
  return at
}
