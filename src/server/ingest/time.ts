const day = 86_400_000

/** Milliseconds of a time as an agent states it; now for what is none, or lies over a day ahead: a wrong clock must not keep a row at the top of every list for years. */
export function timeOf(text: string, now: number): number {
  const time = Date.parse(text)
  return Number.isFinite(time) && time > 0 && time < now + day ? time : now
}

/** Days since 1970, UTC: what partitions alerts and events. */
export function dayOf(time: number): number {
  return Math.floor(time / day)
}

export function iso(time: number): string {
  return new Date(time).toISOString()
}

/** For optional fields: `...isoOr('startedAt', row.started_at)`. */
export function isoOr<K extends string>(key: K, time: number | null | undefined): { [P in K]?: string } {
  return (time === null || time === undefined ? {} : { [key]: iso(time) }) as { [P in K]?: string }
}
