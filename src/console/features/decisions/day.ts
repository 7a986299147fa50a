/** The day in the browser's zone on which a time falls, as a date field holds it; '' for none. */
export function dayIn(time: string | undefined): string {
  if (time === undefined) return ''
  const at = new Date(time)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The last moment of a day in the browser's zone; undefined for an empty or impossible one. */
export function endOfDay(day: string): string | undefined {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return undefined
  return new Date(year, month - 1, date, 23, 59, 59).toISOString()
}
