/**
 * When is a profile learned? When the unknown has become rare, not after so many days. Observations are drawn as (key, slot): a key counts once in ten seconds, so that a busy loop
 * does not drown the rest. They are gathered in windows of doubling length (1, 2, 4 … minutes, at most a day): behaviour that comes rarely needs a longer look, and a
 * service that has been steady for a minute has not been steady for an hour. At the end of a window the probability that the next observation is unknown is estimated twice:
 * by the share of the window's observations that the profile did not know (what really happened), and by Good and Turing's estimate, the keys met once only over
 * all observations (what is still to come). The larger, with one added to both sides as Laplace does (an idle container has told little, so it stays high), must be
 * at most 1 % in three windows one after the other. A window that is not steady begins the count anew.
 */
export interface Learning {
  done: boolean
  /** Start of the window, in slots. */
  windowStart: number
  /** Length of the window, in slots. */
  windowLength: number
  /** Of the window: observations, those unknown before, and keys met once so far. */
  observed: number
  unknown: number
  once: Set<string>
  quietWindows: number
  windows: number
  /** Estimate of the last window that ended; 1 before. */
  unseenMass: number
}

/** Nanoseconds. */
export const slotLength = 10_000_000_000n
const firstWindow = 6
const longestWindow = 8640
const threshold = 0.01
const neededWindows = 3
const maxOnce = 20_000

export function startLearning(slot: number): Learning {
  return {
    done: false,
    windowStart: slot,
    windowLength: firstWindow,
    observed: 0,
    unknown: 0,
    once: new Set(),
    quietWindows: 0,
    windows: 0,
    unseenMass: 1,
  }
}

/** Tells an observation that counts: the first of its key in this slot. */
export function noteObservation(learning: Learning, key: string, isNew: boolean): void {
  if (learning.done) return
  learning.observed++
  if (isNew) {
    learning.unknown++
    if (learning.once.size < maxOnce) learning.once.add(key)
  } else learning.once.delete(key)
}

/** Ends the window when its time is over; ends learning when enough windows were quiet. A clock that goes back starts the window anew. */
export function advance(learning: Learning, slot: number): void {
  if (learning.done) return
  if (slot < learning.windowStart) learning.windowStart = slot
  if (slot - learning.windowStart < learning.windowLength) return
  learning.unseenMass = (Math.max(learning.unknown, learning.once.size) + 1) / (learning.observed + 1)
  learning.quietWindows = learning.unseenMass <= threshold ? learning.quietWindows + 1 : 0
  learning.windows++
  learning.done = learning.quietWindows >= neededWindows
  learning.windowStart = slot
  learning.windowLength = Math.min(learning.windowLength * 2, longestWindow)
  learning.observed = learning.unknown = 0
  learning.once = new Set()
}
