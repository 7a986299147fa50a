import { setTimeout as sleep } from 'node:timers/promises'
import { causeCode, TransientError } from './client.ts'

export interface RetryOptions {
  /** Milliseconds before the second attempt. Default 500. */
  delay?: number
  signal?: AbortSignal
  /** Give up at once where nobody is there at all: for the first word with a registry, whose name may be a mistake. */
  hasty?: boolean
  /** Whether the last attempt brought enough to begin counting anew. */
  madeProgress?: () => boolean
}

const attempts = 5
const longestMs = 30_000
const nobodyThere = new Set(['ECONNREFUSED', 'EAI_AGAIN', 'ENOTFOUND'])

/** Tries again what fails for the moment: after `delay` ms, twice that, and so on, each shortened at random so that many clients do not come back at once. */
export async function withRetries<T>(work: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const { delay = 500, signal, hasty = false, madeProgress } = options
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      signal?.throwIfAborted()
      if (madeProgress?.()) attempt = 1
      if (!(error instanceof TransientError) || attempt >= attempts) throw error
      if (hasty && nobodyThere.has(causeCode(error))) throw error
      const backoff = Math.min(longestMs, delay * 2 ** (attempt - 1))
      await sleep(Math.max(error.waitMs, backoff * (0.5 + Math.random() / 2)))
    }
  }
}
