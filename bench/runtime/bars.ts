/** One promise and what was measured; it is met by at most (or, where `least`, at least) the limit. */
export interface Bar {
  what: string
  measured: number
  limit: number
  unit: string
  least?: boolean
  /** Digits behind the point. Default 2. */
  digits?: number
}

export function isMet({ measured, limit, least = false }: Bar): boolean {
  return least ? measured >= limit : measured <= limit
}

/** The bars as lines of text, and how many are met. */
export function barLines(bars: readonly Bar[]): string[] {
  const lines = bars.map(bar => {
    const { what, measured, limit, unit, least = false, digits = 2 } = bar
    const verdict = isMet(bar) ? 'met' : 'MISSED'
    return `  ${verdict.padEnd(6)}  ${what}: ${measured.toFixed(digits)} ${unit} (bar ${least ? '≥' : '≤'} ${limit} ${unit})`
  })
  return [...lines, `${bars.filter(isMet).length} of ${bars.length} bars met`]
}

export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)
