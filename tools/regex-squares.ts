import { everything, type Node, parseRegex, reaches } from './regex-loops.ts'

/**
 * Whether a regular expression can take time that grows with the square of a text, when it is looked for anywhere in it: two loops that can read the same
 * text one after the other (Weber and Seidl's criterion for polynomial ambiguity: a word that leads from p to p, from p to q, and from q to q), where the
 * search itself is a loop in front, and where something behind the second one can fail. A repetition with an upper bound is no loop.
 */
export function squareLoop(pattern: string, flags = ''): boolean {
  const machine: Machine = { sets: [everything], follow: [new Set([0])] }
  const part = build(parseRegex(pattern, flags), machine)
  // From the beginning alone: the search is no loop.
  if (!flags.includes('y')) for (const { to, before } of part.entries) enter(machine, to, before)
  // Whoever comes here has found it, and no other beginning is tried.
  for (const at of part.open) machine.sets[at] = 0n
  const loops = machine.sets.map((_, at) => at).filter(at => at > 0 && machine.sets[at] !== 0n && inLoop(machine, at))
  return loops.some(
    q => meets(machine, 0, q) || loops.some(p => p !== q && reaches(machine.follow, p, q) && meets(machine, p, q)),
  )
}

/** Glushkov's automaton: a position for each character of the expression; 0 is the search for a beginning. */
interface Machine {
  sets: bigint[]
  follow: Set<number>[]
}

interface Entry {
  to: number
  /** What the character in front must be. */
  before: bigint
}

interface Part {
  entries: Entry[]
  last: number[]
  /** Those of `last` behind which nothing can fail any more. */
  open: number[]
  /** What the character in front must be for the part to take nothing; undefined: it always takes something. */
  empty: bigint | undefined
  /** It may take nothing and cannot fail at that. */
  free: boolean
  /** The end of the text: behind what takes all there is it cannot fail. */
  end?: true
  /** It ends by taking all there is. */
  all?: boolean
}

function build(node: Node, machine: Machine): Part {
  if (node.kind === 'set') {
    const at = machine.sets.push(node.set) - 1
    machine.follow.push(new Set())
    return { entries: [{ to: at, before: everything }], last: [at], open: [at], empty: undefined, free: false }
  }
  if (node.kind === 'look')
    return {
      entries: [],
      last: [],
      open: [],
      empty: node.before ?? everything,
      free: false,
      ...(node.end && { end: true }),
    }
  if (node.kind === 'repeat') {
    const built = build(node.part, machine)
    if (node.max === Number.POSITIVE_INFINITY)
      for (const from of built.last) for (const { to } of built.entries) machine.follow[from]!.add(to)
    const all = node.max === Number.POSITIVE_INFINITY && node.part.kind === 'set' && node.part.set === everything
    return node.min === 0 ? { ...built, empty: everything, free: true, all } : { ...built, all }
  }
  const parts = node.parts.map(part => build(part, machine))
  return node.kind === 'any' ? either(parts) : parts.reduce((before, part) => behind(before, part, machine), nothing)
}

const nothing: Part = { entries: [], last: [], open: [], empty: everything, free: true }

function either(parts: Part[]): Part {
  const empties = parts.flatMap(({ empty }) => empty ?? [])
  return {
    entries: parts.flatMap(({ entries }) => entries),
    last: parts.flatMap(({ last }) => last),
    open: parts.flatMap(({ open }) => open),
    empty: empties.length === 0 ? undefined : empties.reduce((all, one) => all | one, 0n),
    free: parts.some(({ free }) => free),
    all: parts.every(({ all }) => all),
    ...(parts.some(({ end }) => end) && { end: true }),
  }
}

function behind(before: Part, part: Part, machine: Machine): Part {
  for (const from of before.last)
    for (const { to, before: needed } of part.entries)
      if ((machine.sets[from]! & needed) !== 0n) machine.follow[from]!.add(to)
  const { empty } = before
  const certain = part.end && before.all
  const through = part.entries.flatMap(entry =>
    empty === undefined ? [] : [{ ...entry, before: entry.before & empty }],
  )
  return {
    entries: [...before.entries, ...through],
    last: part.empty === undefined ? part.last : [...before.last, ...part.last],
    open: part.free || certain ? [...before.open, ...part.open] : part.open,
    empty: empty === undefined || part.empty === undefined ? undefined : empty & part.empty,
    free: before.free && part.free,
    all: part.all ?? false,
    ...(part.end && before.free && { end: true }),
  }
}

/** The search goes on to a position: at once, or by way of a character that may stand in front of it. */
function enter(machine: Machine, to: number, before: bigint): void {
  if (before === 0n) return
  if (before === everything) {
    machine.follow[0]!.add(to)
    return
  }
  const gate = machine.sets.push(before) - 1
  machine.follow.push(new Set([to]))
  machine.follow[0]!.add(gate)
}

function inLoop(machine: Machine, at: number): boolean {
  return reaches(machine.follow, at, at)
}

/** More steps than any expression of ours takes: what takes more counts as square. */
const maxSteps = 2_000_000

/** Whether one word leads from p to p, from p to q and from q to q: three copies walk at once. */
function meets({ sets, follow }: Machine, p: number, q: number): boolean {
  const size = sets.length
  const seen = new Set<number>()
  const queue: [number, number, number][] = [[p, p, q]]
  let steps = 0
  while (queue.length > 0) {
    const [a, b, c] = queue.pop()!
    for (const x of follow[a]!)
      for (const y of follow[b]!) {
        const common = sets[x]! & sets[y]!
        if (common === 0n) continue
        for (const z of follow[c]!) {
          if ((common & sets[z]!) === 0n) continue
          if (x === p && y === q && z === q) return true
          const key = (x * size + y) * size + z
          if (seen.has(key)) continue
          if (++steps > maxSteps) return true
          seen.add(key)
          queue.push([x, y, z])
        }
      }
  }
  return false
}
