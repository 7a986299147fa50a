/** Counts what happened in the last seconds, in buckets of one second. Constant memory. */
export interface Recent {
  add(second: number, amount?: number): void
  sum(second: number): number
}

export function createRecent(seconds: number): Recent {
  const buckets = new Float64Array(seconds)
  let newest = Number.NEGATIVE_INFINITY
  let total = 0
  const forward = (second: number): void => {
    if (second <= newest) return
    const steps = Math.min(seconds, second - newest)
    for (let step = 1; step <= steps; step++) {
      const at = (((second - steps + step) % seconds) + seconds) % seconds
      total -= buckets[at]!
      buckets[at] = 0
    }
    newest = second
  }
  return {
    add(second, amount = 1) {
      forward(second)
      // A clock that went back, or events out of order: they count as now.
      const at = ((newest % seconds) + seconds) % seconds
      buckets[at]! += amount
      total += amount
    },
    sum(second) {
      forward(second)
      return total
    },
  }
}

/** Different values of the last seconds, at most `limit` of them: more need not be told apart. */
export interface RecentSet {
  /** How many there are now. */
  add(second: number, value: string): number
  remove(value: string): void
}

export function createRecentSet(seconds: number, limit: number): RecentSet {
  const last = new Map<string, number>()
  return {
    add(second, value) {
      last.delete(value)
      last.set(value, second)
      for (const [old, seen] of last) {
        if (seen > second - seconds && last.size <= limit) break
        last.delete(old)
      }
      return last.size
    },
    remove: value => void last.delete(value),
  }
}

/** A map that forgets what was longest unused, so that foreign keys cannot fill memory. */
export function createBounded<Value>(limit: number, create: (key: string) => Value): (key: string) => Value {
  const values = new Map<string, Value>()
  let lastKey: string | undefined
  let last: Value | undefined
  return key => {
    if (key === lastKey) return last as Value
    const value = values.get(key) ?? create(key)
    values.delete(key)
    values.set(key, value)
    if (values.size > limit) values.delete(values.keys().next().value!)
    lastKey = key
    last = value
    return value
  }
}
