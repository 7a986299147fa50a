/** Lets a rule speak of a workload so and so often; what is more is counted. One rule or workload never takes anything from another. */
export interface FloodControl {
  /** Whether one more alert of this rule and workload may be shown at `now` (ms). */
  admit(rule: string, workload: string, now: number): boolean
  /** What was held back since the last call, by rule and workload. */
  drain(): { rule: string; workload: string; count: number }[]
  /** All that was ever held back. */
  held(): number
}

export interface FloodLimits {
  /** Alerts that may come at once. */
  burst: number
  /** Alerts a minute after that. */
  perMinute: number
}

interface Bucket {
  rule: string
  workload: string
  tokens: number
  at: number
  held: number
}

const maxBuckets = 20_000

export function createFloodControl({ burst, perMinute }: FloodLimits = { burst: 20, perMinute: 10 }): FloodControl {
  const buckets = new Map<string, Bucket>()
  let total = 0
  const bucketOf = (rule: string, workload: string, now: number): Bucket => {
    const key = `${rule}\0${workload}`
    const known = buckets.get(key)
    if (known) return known
    if (buckets.size >= maxBuckets) forget(buckets)
    const bucket: Bucket = { rule, workload, tokens: burst, at: now, held: 0 }
    buckets.set(key, bucket)
    return bucket
  }
  return {
    admit(rule, workload, now) {
      const bucket = bucketOf(rule, workload, now)
      // A clock that was set back must not stop the refill for good.
      const passed = Math.max(0, now - bucket.at)
      bucket.tokens = Math.min(burst, bucket.tokens + (passed * perMinute) / 60_000)
      bucket.at = now
      if (bucket.tokens >= 1) {
        bucket.tokens--
        return true
      }
      bucket.held++
      total++
      return false
    },
    drain() {
      const found = [...buckets.values()].filter(({ held }) => held > 0)
      return found.map(bucket => {
        const { rule, workload, held: count } = bucket
        bucket.held = 0
        return { rule, workload, count }
      })
    },
    held: () => total,
  }
}

/** The eldest half goes, but for those that still have something to tell. */
function forget(buckets: Map<string, Bucket>): void {
  let left = maxBuckets / 2
  for (const [key, { held }] of buckets) {
    if (left-- <= 0) break
    if (held === 0) buckets.delete(key)
  }
  if (buckets.size >= maxBuckets) buckets.clear()
}
