/**
 * Whether a regular expression can take exponential time: whether a loop in it can read one text in two ways (Weber and Seidl, "On the degree of ambiguity
 * of finite automata": a state that reaches itself along two paths of the same word). The automaton is Glushkov's, a position for each character of the
 * expression. What looks around and refers back counts as empty; a repetition of at most `small` times is no loop.
 */
export function ambiguousLoop(pattern: string, flags = ''): boolean {
  const automaton: Automaton = { sets: [], follow: [], twice: false }
  build(parseRegex(pattern, flags), automaton)
  return automaton.twice || hasTwoPaths(automaton)
}

const small = 11

export type Node =
  | { kind: 'set'; set: bigint }
  | { kind: 'all' | 'any'; parts: Node[] }
  | { kind: 'repeat'; part: Node; min: number; max: number }
  /** Takes no character. `before`: what the character in front may be, where that can be told; absent: anything. */
  | { kind: 'look'; before?: bigint; start?: true; end?: true }

export function parseRegex(pattern: string, flags: string): Node {
  const multi = flags.includes('m')
  return alternatives({ text: pattern, at: 0, fold: flags.includes('i'), dotAll: flags.includes('s'), multi })
}

interface Parser {
  text: string
  at: number
  fold: boolean
  dotAll: boolean
  multi: boolean
}

/** ASCII, a bit for all others, and one for the white space among them. */
const others = 128
const otherBlanks = 1n << BigInt(others + 1)
export const everything = (1n << BigInt(others + 2)) - 1n
const bit = (code: number): bigint => 1n << BigInt(Math.min(code, others))
const range = (from: number, to: number): bigint => {
  let set = 0n
  for (let code = from; code <= Math.min(to, others); code++) set |= bit(code)
  return set
}
const digits = range(48, 57)
const letters = range(65, 90) | range(97, 122)
const blanks = range(9, 13) | bit(32) | otherBlanks
const lineEnds = bit(10) | bit(13)
const classes: Record<string, bigint> = {
  d: digits,
  w: digits | letters | bit(95),
  s: blanks,
  D: everything & ~digits,
  W: everything & ~(digits | letters | bit(95)),
  S: everything & ~blanks,
}
const controls: Record<string, number> = { n: 10, r: 13, t: 9, f: 12, v: 11, 0: 0 }

function alternatives(parser: Parser): Node {
  const parts = [sequence(parser)]
  while (parser.text[parser.at] === '|') {
    parser.at++
    parts.push(sequence(parser))
  }
  return { kind: 'any', parts }
}

function sequence(parser: Parser): Node {
  const parts: Node[] = []
  while (parser.at < parser.text.length && !'|)'.includes(parser.text[parser.at]!)) parts.push(repeated(parser))
  return { kind: 'all', parts }
}

function repeated(parser: Parser): Node {
  const part = atom(parser)
  const match = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})/.exec(parser.text.slice(parser.at, parser.at + 20))
  if (!match) return part
  parser.at += match[0].length
  if (parser.text[parser.at] === '?') parser.at++
  const [sign, least, comma, most] = match
  if (sign === '*') return { kind: 'repeat', part, min: 0, max: Number.POSITIVE_INFINITY }
  if (sign === '+') return { kind: 'repeat', part, min: 1, max: Number.POSITIVE_INFINITY }
  if (sign === '?') return { kind: 'repeat', part, min: 0, max: 1 }
  const max = most ? Number(most) : comma ? Number.POSITIVE_INFINITY : Number(least)
  return { kind: 'repeat', part, min: Number(least), max }
}

function atom(parser: Parser): Node {
  const char = parser.text[parser.at++]!
  if (char === '(') return group(parser)
  if (char === '[') return { kind: 'set', set: folded(parser, bracket(parser)) }
  if (char === '.') return { kind: 'set', set: parser.dotAll ? everything : everything & ~lineEnds }
  if (char === '^') return parser.multi ? { kind: 'look', before: lineEnds } : { kind: 'look', before: 0n, start: true }
  if (char === '$') return parser.multi ? { kind: 'look' } : { kind: 'look', end: true }
  if (char !== '\\') return { kind: 'set', set: folded(parser, bit(char.codePointAt(0)!)) }
  const next = parser.text[parser.at]!
  if (/[bB1-9k]/.test(next)) {
    parser.at += next === 'k' ? parser.text.indexOf('>', parser.at) - parser.at + 1 : 1
    return next === 'b' ? { kind: 'look', before: boundary(parser) } : { kind: 'look' }
  }
  return { kind: 'set', set: folded(parser, escaped(parser)) }
}

function group(parser: Parser): Node {
  const opening = /^\?(?::|<?[=!]|<[A-Za-z_$][\w$]*>)/.exec(parser.text.slice(parser.at, parser.at + 64))?.[0] ?? ''
  parser.at += opening.length
  const inner = alternatives(parser)
  parser.at++
  if (!/[=!]$/.test(opening)) return inner
  const set = opening.startsWith('?<') ? single(inner) : undefined
  if (set === undefined) return { kind: 'look' }
  return { kind: 'look', before: opening === '?<=' ? set : everything & ~set }
}

/** The characters that an expression for one character takes, or for one and a beginning or nothing. */
function single(node: Node): bigint | undefined {
  if (node.kind === 'set') return node.set
  if (node.kind === 'any') {
    const sets = node.parts.map(single)
    return sets.includes(undefined) ? undefined : sets.reduce<bigint>((all, set) => all | set!, 0n)
  }
  if (node.kind === 'look') return node.start ? 0n : undefined
  return node.kind === 'all' && node.parts.length === 1 ? single(node.parts[0]!) : undefined
}

/** What may stand in front of a `\b`: no part of a word where one follows, and the other way round. */
function boundary({ text, at, ...rest }: Parser): bigint {
  const word = classes.w!
  const next = atomSet({ text, at, ...rest })
  if (next === undefined) return everything
  return ((next & word) === 0n ? word : 0n) | ((next & ~word) === 0n ? everything & ~word : 0n) || everything
}

/** The characters that the next part can begin with, where it is one set. */
function atomSet(parser: Parser): bigint | undefined {
  if (parser.at >= parser.text.length || '|)'.includes(parser.text[parser.at]!)) return undefined
  return firstSet(repeated(parser))
}

function firstSet(node: Node): bigint | undefined {
  if (node.kind === 'set') return node.set
  if (node.kind === 'repeat') return node.min === 0 ? undefined : firstSet(node.part)
  if (node.kind === 'any') {
    const sets = node.parts.map(firstSet)
    return sets.includes(undefined) ? undefined : sets.reduce<bigint>((all, set) => all | set!, 0n)
  }
  return node.kind === 'all' && node.parts.length > 0 ? firstSet(node.parts[0]!) : undefined
}

/** Behind the backslash. */
function escaped(parser: Parser): bigint {
  const char = parser.text[parser.at++]!
  const known = classes[char]
  if (known !== undefined) return known
  const control = controls[char]
  if (control !== undefined) return bit(control)
  const hex = /^(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]+)\})/i.exec(parser.text.slice(parser.at - 1))
  if (hex) {
    parser.at += hex[0].length - 1
    return bit(Number.parseInt(hex[1] ?? hex[2] ?? hex[3]!, 16))
  }
  if (char === 'p' || char === 'P') {
    parser.at = parser.text.indexOf('}', parser.at) + 1
    return everything
  }
  return bit(char.codePointAt(0)!)
}

function bracket(parser: Parser): bigint {
  const negated = parser.text[parser.at] === '^'
  if (negated) parser.at++
  let set = 0n
  while (parser.at < parser.text.length && parser.text[parser.at] !== ']') {
    const from = member(parser)
    if (parser.text[parser.at] === '-' && parser.text[parser.at + 1] !== ']' && from.code >= 0) {
      parser.at++
      const to = member(parser)
      set |= to.code >= 0 ? range(from.code, to.code) : from.set | to.set | bit(45)
    } else set |= from.set
  }
  parser.at++
  return negated ? everything & ~(set & ~bit(others)) : set
}

/** One of a bracket's members: its code, or -1 for a class. */
function member(parser: Parser): { set: bigint; code: number } {
  const char = parser.text[parser.at++]!
  if (char !== '\\') return { set: bit(char.codePointAt(0)!), code: char.codePointAt(0)! }
  if (parser.text[parser.at] === 'b') {
    parser.at++
    return { set: bit(8), code: 8 }
  }
  const isClass = /[dwsDWSpP]/.test(parser.text[parser.at]!)
  const set = escaped(parser)
  return { set, code: isClass ? -1 : set.toString(2).length - 1 }
}

function folded(parser: Parser, set: bigint): bigint {
  if (!parser.fold) return set
  const upper = range(65, 90)
  const lower = range(97, 122)
  return set | ((set & upper) << 32n) | ((set & lower) >> 32n)
}

interface Automaton {
  sets: bigint[]
  follow: Set<number>[]
  /** A loop leads from a position to another that already follows it within the loop. */
  twice: boolean
}

interface Part {
  nullable: boolean
  first: number[]
  last: number[]
}

function build(node: Node, automaton: Automaton): Part {
  if (node.kind === 'set') {
    const position = automaton.sets.push(node.set) - 1
    automaton.follow.push(new Set())
    return { nullable: false, first: [position], last: [position] }
  }
  if (node.kind === 'repeat') return buildRepeat(node, automaton)
  if (node.kind === 'look') return { nullable: true, first: [], last: [] }
  const parts = node.parts.map(part => build(part, automaton))
  if (node.kind === 'any')
    return {
      nullable: parts.some(part => part.nullable),
      first: parts.flatMap(part => part.first),
      last: parts.flatMap(part => part.last),
    }
  return parts.reduce<Part>(
    (before, part) => {
      for (const from of before.last) for (const to of part.first) automaton.follow[from]!.add(to)
      return {
        nullable: before.nullable && part.nullable,
        first: before.nullable ? [...before.first, ...part.first] : before.first,
        last: part.nullable ? [...before.last, ...part.last] : part.last,
      }
    },
    { nullable: true, first: [], last: [] },
  )
}

function buildRepeat({ part, min, max }: Node & { kind: 'repeat' }, automaton: Automaton): Part {
  const built = build(part, automaton)
  if (max > small)
    for (const from of built.last)
      for (const to of built.first) {
        if (automaton.follow[from]!.has(to)) automaton.twice = true
        automaton.follow[from]!.add(to)
      }
  return { ...built, nullable: built.nullable || min === 0 }
}

/** More pairs than any expression of ours has: what is larger counts as ambiguous. */
const maxPairs = 400_000

/** Walks two copies of the automaton at once from each position: when they part and meet again there, one word has two paths. */
function hasTwoPaths({ sets, follow }: Automaton): boolean {
  const size = sets.length
  let pairs = 0
  for (let start = 0; start < size; start++) {
    if (!reaches(follow, start, start)) continue
    const seen = new Set<number>()
    const queue: [number, number, boolean][] = [[start, start, false]]
    while (queue.length > 0) {
      const [left, right, parted] = queue.pop()!
      for (const a of follow[left]!)
        for (const b of follow[right]!) {
          if ((sets[a]! & sets[b]!) === 0n) continue
          const apart = parted || a !== b
          if (a === start && b === start && apart) return true
          const key = (a * size + b) * 2 + (apart ? 1 : 0)
          if (seen.has(key)) continue
          if (++pairs > maxPairs) return true
          seen.add(key)
          queue.push([a, b, apart])
        }
    }
  }
  return false
}

/** Whether a walk of at least one step leads from one state to another. */
export function reaches(follow: Set<number>[], from: number, to: number): boolean {
  const seen = new Set<number>()
  const queue = [from]
  while (queue.length > 0)
    for (const next of follow[queue.pop()!]!) {
      if (next === to) return true
      if (!seen.has(next)) queue.push(next)
      seen.add(next)
    }
  return false
}
