import type { VersionScheme } from '../../../base/model/ecosystem.ts'

interface Interval {
  low: string
  lowIncluded: boolean
  high: string
  highIncluded: boolean
}

/**
 * Intervals in Maven's and NuGet's notation, `undefined` when the text is not in it:
 *
 *     intervals = interval *( [","] interval )
 *     interval  = ("[" / "(") [low] "," [high] ("]" / ")")  /  "[" version "]"
 */
export function intervalsOf(text: string): Interval[] | undefined {
  const trimmed = text.trim()
  const first = trimmed[0]
  if (first !== '[' && first !== '(' && first !== ']') return undefined
  const found: Interval[] = []
  const piece =
    /\s{0,8},?\s{0,8}([[(\]])\s{0,8}([^,[\]()]{0,1024}?)\s{0,8}(?:(,)\s{0,8}([^,[\]()]{0,1024}?)\s{0,8})?([\])[])/y
  while (piece.lastIndex < trimmed.length) {
    const match = piece.exec(trimmed)
    if (!match) return undefined
    const [, open, low = '', comma, high = '', close] = match
    if (/^[<>=!~^]/.test(low)) return undefined
    const exact = comma === undefined
    found.push({ low, lowIncluded: open === '[', high: exact ? low : high, highIncluded: close === ']' })
  }
  return found
}

/** Whether a version lies in any of the intervals. */
export function satisfiesIntervals(
  version: string,
  intervals: Interval[],
  compare: VersionScheme['compare'],
): boolean | undefined {
  let answer: boolean | undefined = false
  for (const interval of intervals) {
    const inside = within(version, interval, compare)
    if (inside) return true
    if (inside === undefined) answer = undefined
  }
  return answer
}

function within(version: string, interval: Interval, compare: VersionScheme['compare']): boolean | undefined {
  const low = interval.low === '' ? 1 : compare(version, interval.low)
  const high = interval.high === '' ? -1 : compare(version, interval.high)
  if (low !== undefined && (low < 0 || (low === 0 && !interval.lowIncluded))) return false
  if (high !== undefined && (high > 0 || (high === 0 && !interval.highIncluded))) return false
  return low === undefined || high === undefined ? undefined : true
}
