import type { Context } from '../context.ts'

interface Known {
  version: number
  minute: number
  value: Promise<unknown>
}

const all = new WeakMap<object, Map<string, Known>>()

/** What was worked out from findings, for as long as they do not change, at most a minute: what is "since yesterday" moves with the clock. */
export function kept<T>({ db, verdicts, now }: Context, name: string, work: () => Promise<T>): Promise<T> {
  const known = all.get(db) ?? new Map<string, Known>()
  all.set(db, known)
  const [version, minute] = [verdicts.version(), Math.floor(now() / 60_000)]
  const before = known.get(name)
  if (before?.version === version && before.minute === minute) return before.value as Promise<T>
  const value = work()
  known.set(name, { version, minute, value })
  value.catch(() => known.delete(name))
  return value
}
