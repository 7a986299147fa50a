/** A container that runs, and when it began (ISO). */
export interface Start {
  id: string
  at: string
}

/** What tells whether a sensor that is attached sees anything. */
export interface Watch {
  /** ISO time since when it watches. */
  since: string
  /** Of which containers it told anything: beginnings of their ids. */
  seen: ReadonlySet<string>
  starts: readonly Start[]
  now: number
}

/** As much of an id as tells containers apart. */
export const shortId = (id: string): string => id.slice(0, 12)

/** A container that started shortly before or after is nobody's proof: clocks of daemon and agent, and events on their way. */
const before = 2_000
const after = 15_000

/**
 * Why a sensor is taken for blind: containers started while it watched, and it told of none. A start executes a program of the image, so there was something to see; that
 * containers which ran before are silent says nothing: they may be idle.
 */
export function seesNothing({ since, seen, starts, now }: Watch): string | undefined {
  const begun = Date.parse(since) + before
  const due = starts.filter(({ at }) => Date.parse(at) > begun && Date.parse(at) < now - after)
  if (due.length === 0 || due.some(({ id }) => seen.has(shortId(id)))) return undefined
  const what = due.length === 1 ? 'a container' : `${due.length} containers`
  return `it is attached but sees nothing: ${what} started without an event. Is the host's /sys/fs/cgroup mounted?`
}
