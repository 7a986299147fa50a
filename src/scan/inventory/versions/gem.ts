import { compareNumbers, compareText, increment, type Order } from './digits.ts'

const readable = /^\d+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/
const loose = /^[0-9a-zA-Z](?:[0-9a-zA-Z.+_-]*[0-9a-zA-Z])?$/
const plain = /^\d+(?:\.\d+)*$/

/**
 * Gem::Version (rubygems/version.rb): "-" means ".pre."; segments are runs of digits or of letters; zeros at the end of the numbers before the
 * first letters, and at the very end, have no weight; numbers compare as numbers, letters as text, letters come before numbers, and a missing segment is 0.
 */
export function compareGem(left: string, right: string): Order | undefined {
  const a = segmentsOf(left)
  const b = segmentsOf(right)
  return a && b ? compareSegments(a, b) : undefined
}

/** `~> 2.2.1`: at least that, and the release below 2.3; `~> 2`: below 3. */
export function pessimisticGem(version: string, operand: string): boolean | undefined {
  const order = compareGem(version, operand)
  if (order === undefined || order < 0) return order === undefined ? undefined : false
  const release = numbersOf(version)
  const kept = numbersOf(operand)
  if (kept.length > 1) kept.pop()
  kept[kept.length - 1] = increment(kept[kept.length - 1]!)
  return compareSegments(release, kept) < 0
}

/** The numbers before the first letters. */
function numbersOf(version: string): string[] {
  const all = version.replaceAll('-', '.pre.').match(/\d+|[a-zA-Z]+/g) ?? []
  const letters = all.findIndex(segment => !isNumber(segment))
  return letters < 0 ? all : all.slice(0, letters)
}

const isNumber = (segment: string): boolean => segment.charCodeAt(0) <= 57

function segmentsOf(text: string): string[] | undefined {
  const version = text.trim()
  if (plain.test(version)) return withoutZeros(version.split('.'))
  if (!readable.test(version) && !(loose.test(version) && version.charCodeAt(0) <= 57)) return undefined
  const all = version.replaceAll('-', '.pre.').match(/\d+|[a-zA-Z]+/g) ?? []
  const letters = all.findIndex(segment => !isNumber(segment))
  return letters < 0 ? withoutZeros(all) : [...withoutZeros(all.slice(0, letters)), ...withoutZeros(all.slice(letters))]
}

function withoutZeros(segments: string[]): string[] {
  let end = segments.length
  while (end > 0 && /^0+$/.test(segments[end - 1]!)) end--
  return end === segments.length ? segments : segments.slice(0, end)
}

function compareSegments(a: string[], b: string[]): Order {
  const length = Math.max(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const x = a[at] ?? '0'
    const y = b[at] ?? '0'
    if (x === y) continue
    if (isNumber(x) !== isNumber(y)) return isNumber(x) ? 1 : -1
    const order = isNumber(x) ? compareNumbers(x, y) : compareText(x, y)
    if (order !== 0) return order
  }
  return 0
}
