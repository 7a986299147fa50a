import { compareDigits, digitsEnd, type Order } from './digits.ts'

const dotted = /^\d+(?:[.-]\d+)*$/

/**
 * Order of versions that are lists of numbers and nothing else, separated by "." or "-": the first number that differs decides;
 * of two equal so far the longer is newer (1.0 before 1.0.0). R's `package_version`, Haskell's PVP.
 */
export function compareNumberLists(left: string, right: string): Order | undefined {
  const a = left.trim()
  const b = right.trim()
  if (!dotted.test(a) || !dotted.test(b)) return undefined
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const iEnd = digitsEnd(a, i)
    const jEnd = digitsEnd(b, j)
    const order = compareDigits(a, i, iEnd, b, j, jEnd)
    if (order !== 0) return order
    i = iEnd + 1
    j = jEnd + 1
  }
  if (i >= a.length && j >= b.length) return 0
  return i >= a.length ? -1 : 1
}
