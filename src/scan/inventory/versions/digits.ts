/** Small scanners over char codes that every version order is built from. None allocates; numbers have no upper limit. */
export type Order = -1 | 0 | 1

export const isDigit = (code: number): boolean => code >= 48 && code <= 57

export const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122

/** Index after the run of digits that starts at `from`. */
export function digitsEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && isDigit(text.charCodeAt(at))) at++
  return at
}

/** Index after the run of ASCII letters that starts at `from`. */
export function lettersEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && isLetter(text.charCodeAt(at))) at++
  return at
}

/** Compares two runs of digits as whole numbers of any size; an empty run is 0. */
export function compareDigits(a: string, aFrom: number, aEnd: number, b: string, bFrom: number, bEnd: number): Order {
  let i = aFrom
  let j = bFrom
  while (i < aEnd && a.charCodeAt(i) === 48) i++
  while (j < bEnd && b.charCodeAt(j) === 48) j++
  if (aEnd - i !== bEnd - j) return aEnd - i < bEnd - j ? -1 : 1
  for (; i < aEnd; i++, j++) {
    const difference = a.charCodeAt(i) - b.charCodeAt(j)
    if (difference !== 0) return difference < 0 ? -1 : 1
  }
  return 0
}

/** Order of dotted numbers of any size, from `aFrom` and `bFrom` on (indices in UTF-16 units); numbers that one of them lacks are 0. */
export function compareDotted(a: string, b: string, aFrom = 0, bFrom = 0): Order {
  let i = aFrom
  let j = bFrom
  while (i < a.length || j < b.length) {
    const iEnd = digitsEnd(a, i)
    const jEnd = digitsEnd(b, j)
    const order = compareDigits(a, i, iEnd, b, j, jEnd)
    if (order !== 0) return order
    i = Math.min(iEnd + 1, a.length)
    j = Math.min(jEnd + 1, b.length)
  }
  return 0
}

/** Compares two strings of digits as whole numbers. */
export const compareNumbers = (a: string, b: string): Order => compareDigits(a, 0, a.length, b, 0, b.length)

/** Order of two strings by UTF-16 code unit, which for ASCII is strcmp's. */
export const compareText = (a: string, b: string): Order => (a === b ? 0 : a < b ? -1 : 1)

export const orderOf = (difference: number): Order => (difference === 0 ? 0 : difference < 0 ? -1 : 1)

/** Decimal string plus one; `text` holds digits only. */
export const increment = (text: string): string =>
  text.length < 15 ? String(Number(text) + 1) : `${BigInt(text) + 1n}`
