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
  const format = new Intl.RelativeTimeFormat(lang, { numeric: 'auto', style: 'short' })
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return format.format(0, 'second')
}

/** Date and time in the browser's zone, with the zone's name. */
export function absolute(iso: string, lang: string, zone?: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  return date.toLocaleString(lang, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(zone === undefined ? {} : { timeZone: zone }),
  })
}

/** `11-27 14:05:09`: a line of a timeline; the day is left out when it is today. */
export function clock(iso: string, now: number, lang: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const time = date.toLocaleTimeString(lang, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  const sameDay = date.toDateString() === new Date(now).toDateString()
  return sameDay ? time : `${date.toLocaleDateString(lang, { month: '2-digit', day: '2-digit' })} ${time}`
}

/** Whole hours and minutes left until `hours` after `from`; negative when over. */
export function leftUntil(from: string, hours: number, now: number): { minutes: number; over: boolean; share: number } {
  const end = Date.parse(from) + hours * 3_600_000
  const minutes = Math.trunc((end - now) / 60_000)
  return { minutes, over: now > end, share: Math.min(1, Math.max(0, (now - Date.parse(from)) / (hours * 3_600_000))) }
}
