import type { Verb } from './context.ts'
import { dashed, type Flag, flags } from './flags.ts'

export interface PreparedWords {
  verb?: Verb
  /** The word that stands where the verb belongs. */
  word?: string
  rest: string[]
}

const switches = new Set<string>()
const takesValue = new Set<string>()
for (const [name, flag] of Object.entries(flags) as [string, Flag<unknown>][]) {
  const group = flag.placeholder === undefined ? switches : takesValue
  for (const spelling of [dashed(name), ...(flag.synonyms ?? [])]) group.add(`--${spelling}`)
  if (flag.short !== undefined) group.add(`-${flag.short}`)
}

/** Finds the verb, which common flags may precede (`jenner -q image x`), and turns `--switch=true|false`, as Go programs take it, into what we take. */
export function prepareWords(words: string[], verbs: Verb[]): PreparedWords {
  const rest = words.flatMap(plainSwitch)
  const at = verbPosition(rest)
  if (at < 0) return { rest }
  const word = rest[at]!
  if (word === 'help') return helpWords([...rest.slice(0, at), ...rest.slice(at + 1)], verbs)
  const verb = verbs.find(({ name, aliases }) => name === word || aliases?.includes(word))
  return { ...(verb ? { verb } : {}), word, rest: [...rest.slice(at + 1), ...rest.slice(0, at)] }
}

/** `jenner help` is `jenner --help`, `jenner help image` is `jenner image --help`; flags may stand anywhere. */
function helpWords(words: string[], verbs: Verb[]): PreparedWords {
  const about = prepareWords(
    words.filter(word => word !== 'help'),
    verbs,
  )
  return { ...about, rest: [...about.rest, '--help'] }
}

function verbPosition(words: string[]): number {
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!
    if (!word.startsWith('-')) return index
    if (takesValue.has(word)) index++
  }
  return -1
}

function plainSwitch(word: string): string[] {
  const [name, value] = word.split('=', 2)
  if (value === undefined || !switches.has(name!)) return [word]
  if (/^(true|1)$/i.test(value)) return [name!]
  return /^(false|0)$/i.test(value) ? [] : [word]
}
