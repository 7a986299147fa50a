import type { ByteReader, ByteWriter } from '../store/bytes.ts'

/** How one list becomes another: kept and dropped runs of the old one, and what is put between. */
export type Step = { keep: number } | { drop: number } | { put: Buffer[] }

/** The same with the items still to be put in by their positions in the new list. */
type Plan = { keep: number } | { drop: number } | { from: number; to: number }

/**
 * A shortest-enough script: everything that stands in both lists in the same order is kept. `before` and `after` are names by which items are told apart;
 * `items` gives the new list's bytes once more, of which only those to be put in are held.
 */
export function scriptOf(before: readonly string[], after: readonly string[], items: Iterable<Buffer>): Step[] {
  const plan = planOf(before, after)
  const steps: Step[] = []
  const rest = items[Symbol.iterator]()
  let at = 0
  for (const step of plan) {
    if (!('from' in step)) {
      steps.push(step)
      continue
    }
    const put: Buffer[] = []
    for (; at < step.to; at++) {
      const next = rest.next()
      if (!next.done && at >= step.from) put.push(next.value)
    }
    steps.push({ put })
  }
  return steps
}

function planOf(before: readonly string[], after: readonly string[]): Plan[] {
  const plan: Plan[] = []
  let i = 0
  let j = 0
  for (const [at, to] of [...keptPairs(before, after), [before.length, after.length] as const]) {
    if (at > i) plan.push({ drop: at - i })
    if (to > j) plan.push({ from: j, to })
    if (at < before.length) extendKeep(plan)
    i = at + 1
    j = to + 1
  }
  return plan
}

function extendKeep(plan: Plan[]): void {
  const last = plan.at(-1)
  if (last && 'keep' in last) last.keep++
  else plan.push({ keep: 1 })
}

/** Positions in both lists of what stands in both, rising in both: the longest such row of items (patience sorting). */
function keptPairs(before: readonly string[], after: readonly string[]): [number, number][] {
  const places = new Map<string, number[]>()
  for (let i = before.length - 1; i >= 0; i--) {
    const name = before[i] as string
    const known = places.get(name)
    if (known) known.push(i)
    else places.set(name, [i])
  }
  const pairs: { at: number; to: number; from: number }[] = []
  const tails: number[] = []
  for (const [to, name] of after.entries()) {
    const at = places.get(name)?.pop()
    if (at === undefined) continue
    const length = lowerBound(tails, at, index => (pairs[index] as { at: number }).at)
    pairs.push({ at, to, from: length === 0 ? -1 : (tails[length - 1] as number) })
    tails[length] = pairs.length - 1
  }
  const kept: [number, number][] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = (pairs[index] as { from: number }).from) {
    const { at, to } = pairs[index] as { at: number; to: number }
    kept.push([at, to])
  }
  return kept.reverse()
}

function lowerBound(list: number[], value: number, at: (item: number) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(list[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** A step as `length * 3 + kind`, then for kind 2 (put) the items, each with its length. */
export function writeScript(out: ByteWriter, steps: Step[]): void {
  out.number(steps.length)
  for (const step of steps) {
    if ('keep' in step) out.number(step.keep * 3)
    else if ('drop' in step) out.number(step.drop * 3 + 1)
    else {
      out.number(step.put.length * 3 + 2)
      for (const item of step.put) {
        out.number(item.length)
        out.raw(item)
      }
    }
  }
}

export function readScript(input: ByteReader): Step[] {
  const steps: Step[] = []
  for (let left = input.number(); left > 0; left--) {
    const head = input.number()
    const length = Math.floor(head / 3)
    if (head % 3 === 0) steps.push({ keep: length })
    else if (head % 3 === 1) steps.push({ drop: length })
    else {
      const put: Buffer[] = []
      for (let i = 0; i < length; i++) put.push(input.raw(input.number()))
      steps.push({ put })
    }
  }
  return steps
}

/** The new list; undefined when the script does not use up the old one exactly, so that it belongs to another. */
export function* runScript<T>(
  steps: readonly Step[],
  before: Iterable<T>,
  made: (bytes: Buffer) => T,
): Generator<T, boolean> {
  const old = before[Symbol.iterator]()
  for (const step of steps) {
    if ('put' in step) {
      for (const bytes of step.put) yield made(bytes)
      continue
    }
    const keeps = 'keep' in step
    for (let left = keeps ? step.keep : step.drop; left > 0; left--) {
      const next = old.next()
      if (next.done) return false
      if (keeps) yield next.value
    }
  }
  return old.next().done === true
}
