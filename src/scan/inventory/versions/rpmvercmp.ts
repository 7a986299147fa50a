import { compareDigits, digitsEnd, isDigit, isLetter, lettersEnd, type Order } from './digits.ts'

/**
 * rpmvercmp as rpm-version(7) tells it: both texts are taken apart into runs of digits and runs of ASCII letters; everything else only separates.
 * Runs compare pairwise: digits as numbers, letters as text, a number is newer than letters; with all equal, the one that has more is newer.
 * `~` sorts before everything, even the end; `^` after the end but before anything that follows.
 */
export function compareSegments(a: string, b: string, aFrom = 0, aEnd = a.length, bFrom = 0, bEnd = b.length): Order {
  let i = aFrom
  let j = bFrom
  for (;;) {
    i = segmentStart(a, i, aEnd)
    j = segmentStart(b, j, bEnd)
    const x = i < aEnd ? a.charCodeAt(i) : 0
    const y = j < bEnd ? b.charCodeAt(j) : 0
    if (x === 126 || y === 126) {
      if (x !== y) return x === 126 ? -1 : 1
      i++
      j++
      continue
    }
    if (x === 94 || y === 94) {
      if (x === 0) return -1
      if (y === 0) return 1
      if (x !== y) return x === 94 ? -1 : 1
      i++
      j++
      continue
    }
    if (x === 0 || y === 0) return x === y ? 0 : x === 0 ? -1 : 1
    if (isDigit(x) !== isDigit(y)) return isDigit(x) ? 1 : -1
    const iEnd = Math.min(isDigit(x) ? digitsEnd(a, i) : lettersEnd(a, i), aEnd)
    const jEnd = Math.min(isDigit(x) ? digitsEnd(b, j) : lettersEnd(b, j), bEnd)
    const order = isDigit(x) ? compareDigits(a, i, iEnd, b, j, jEnd) : compareRuns(a, i, iEnd, b, j, jEnd)
    if (order !== 0) return order
    i = iEnd
    j = jEnd
  }
}

function segmentStart(text: string, from: number, end: number): number {
  let at = from
  while (at < end) {
    const code = text.charCodeAt(at)
    if (isDigit(code) || isLetter(code) || code === 126 || code === 94) break
    at++
  }
  return at
}

/** strcmp of two runs. */
export function compareRuns(a: string, aFrom: number, aEnd: number, b: string, bFrom: number, bEnd: number): Order {
  const shared = Math.min(aEnd - aFrom, bEnd - bFrom)
  for (let at = 0; at < shared; at++) {
    const difference = a.charCodeAt(aFrom + at) - b.charCodeAt(bFrom + at)
    if (difference !== 0) return difference < 0 ? -1 : 1
  }
  const longer = aEnd - aFrom - (bEnd - bFrom)
  return longer === 0 ? 0 : longer < 0 ? -1 : 1
}
