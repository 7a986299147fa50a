import { dateFormat, relativeFormat } from './intl.ts'

const units: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** `3 hours ago`, `in 2 days`; `just now` within a minute. */
export function relative(iso: string, now: number, lang: string): string {
  const seconds = (Date.parse(iso) - now) / 1000
  if (Number.isNaN(seconds)) return iso
  const format = relativeFormat(lang)
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return format.format(0, 'second')
}

/** `2026-11-28 08:03:22 GMT+9`: date and time in the browser's zone, with the zone; the same order in every language. */
export function absolute(iso: string, lang: string, zone?: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const { year, month, day, hour, minute, second, timeZoneName } = partsOf(date, lang, zone)
  return `${year}-${month}-${day} ${hour}:${minute}:${second} ${timeZoneName}`
}

/** `14:05:09`, with `11-27` in front when that is not the day of `now`: a line of a timeline. */
export function clock(iso: string, now: number, lang: string, zone?: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const at = partsOf(date, lang, zone)
  const today = partsOf(new Date(now), lang, zone)
  const time = `${at.hour}:${at.minute}:${at.second}`
  return at.year === today.year && at.month === today.month && at.day === today.day
    ? time
    : `${at.month}-${at.day} ${time}`
}

type Part = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'timeZoneName'

function partsOf(date: Date, lang: string, zone: string | undefined): Record<Part, string> {
  const format = dateFormat('en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(zone === undefined ? {} : { timeZone: zone }),
  })
  // The zone's name as the reader knows it, the rest in digits.
  const named = dateFormat(lang, {
    timeZoneName: 'short',
    ...(zone === undefined ? {} : { timeZone: zone }),
  })
  const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]))
  const zoneName = named.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return { ...parts, timeZoneName: zoneName } as Record<Part, string>
}

/** Whole hours and minutes left until `hours` after `from`; negative when over. */
export function leftUntil(from: string, hours: number, now: number): { minutes: number; over: boolean; share: number } {
  const end = Date.parse(from) + hours * 3_600_000
  const minutes = Math.trunc((end - now) / 60_000)
  return { minutes, over: now > end, share: Math.min(1, Math.max(0, (now - Date.parse(from)) / (hours * 3_600_000))) }
}
