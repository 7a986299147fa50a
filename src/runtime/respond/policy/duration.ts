const units = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
])

/** Go's durations (`30s`, `10m`, `1h30m`) in milliseconds; undefined for anything else. */
export function duration(text: string): number | undefined {
  if (!/^(\d{1,9}(\.\d{1,3})?(ms|[smh])){1,4}$/.test(text)) return undefined
  let sum = 0
  for (const [, number, unit] of text.matchAll(/([\d.]+)(ms|[smh])/g)) sum += Number(number) * units.get(unit!)!
  return sum
}
