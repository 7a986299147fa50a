import { compareDigits, digitsEnd, isDigit, isLetter, type Order } from './digits.ts'

/** deb-version(7)'s order of one part (upstream version or revision) between two indexes: runs of non-digits and of digits by turns, `~` before everything, even the end. */
export function comparePart(a: string, aFrom: number, aEnd: number, b: string, bFrom: number, bEnd: number): Order {
  let i = aFrom
  let j = bFrom
  while (i < aEnd || j < bEnd) {
    for (;;) {
      const x = weight(a, i, aEnd)
      const y = weight(b, j, bEnd)
      if (x !== y) return x < y ? -1 : 1
      if (x === 0) break
      i++
      j++
    }
    const iDigits = Math.min(digitsEnd(a, i), Math.max(aEnd, i))
    const jDigits = Math.min(digitsEnd(b, j), Math.max(bEnd, j))
    const order = compareDigits(a, i, iDigits, b, j, jDigits)
    if (order !== 0) return order
    i = iDigits
    j = jDigits
  }
  return 0
}

/** 0 where a run of non-digits is over; `~` below that, letters above, everything else above letters. */
function weight(text: string, at: number, end: number): number {
  if (at >= end) return 0
  const code = text.charCodeAt(at)
  if (isDigit(code)) return 0
  if (code === 126) return -1
  return isLetter(code) ? code : code + 256
}
