/** Waits until it is the caller's turn; what it answers ends the turn. */
export type Turn = () => Promise<() => void>

/** Turns in the order in which they were asked for. */
export function createTurn(): Turn {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const before = last
    last = promise
    await before
    return resolve
  }
}
