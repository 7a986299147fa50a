/** A running container of an image, as far as watching goes. */
export interface Watched {
  startedAt: number | undefined
  /** Since when the sensor looks at it; undefined: nobody does. */
  since: number | undefined
  /** Events lost on its host since then. */
  lost: number
}

/** Shorter than a day misses what runs once a night. */
export const longEnough = 24 * 3_600_000

/**
 * Whether "no process opened it" may be said at all: every running container of the image was watched since its start, without a loss, for long enough.
 * Otherwise what was not seen is not known, which is not "no".
 */
export function watchedWell(containers: readonly Watched[], now: number): boolean {
  return (
    containers.length > 0 &&
    containers.every(
      ({ startedAt, since, lost }) =>
        startedAt !== undefined &&
        since !== undefined &&
        since <= startedAt &&
        lost === 0 &&
        now - startedAt >= longEnough,
    )
  )
}
