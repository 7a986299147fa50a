import { setImmediate } from 'node:timers/promises'

/** See `breathing`. */
export type Breathe = () => Promise<void> | undefined

/**
 * For long work on the thread that takes signals. What it gives is to be called often: ten times a second it answers a promise to be awaited, which lets signals and timers through and
 * throws the reason of `signal` once that is aborted; undefined otherwise, at the cost of reading a clock.
 */
export function breathing(signal?: AbortSignal, every = 100): Breathe {
  let last = performance.now()
  return () => {
    if (performance.now() - last < every) return undefined
    return setImmediate().then(() => {
      last = performance.now()
      signal?.throwIfAborted()
    })
  }
}
