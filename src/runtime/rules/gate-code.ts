import type { Group } from './parts.ts'
import { gatedInWord } from './remember.ts'

/** A gate as code: what gives its answers for the event, what fills them. */
export interface OpenGate {
  bits: readonly number[]
  answers: string
  fill(given: string): string
}

/** Asks the gates about rules of one word, then the rules that they let through. */
export function testsOf(members: Group['members'], word: number, gates: readonly OpenGate[]): string {
  const bitOf = (index: number): number => 1 << (index % gatedInWord)
  const own = members.reduce((bits, { index }) => bits | bitOf(index), 0)
  const asked = gates.flatMap(({ bits, answers, fill }) => {
    const mine = bits[word]! & own
    if (mine === 0) return []
    const [known, possible] = [`e[${2 * word}]`, `e[${2 * word + 1}]`]
    return `if (w & ${mine} && (e = ${answers}) !== undefined) { if ((${known} & ${mine}) !== ${mine}) ${fill(`e, ${word}, ${mine}`)}; w &= ${possible} }`
  })
  const run = (index: number): string => `r${index}()) (hits ??= []).push(${index})`
  if (asked.length === 0) return members.map(({ index }) => `if (${run(index)}`).join('\n')
  const tests = members.map(({ index }) => `if (w & ${bitOf(index)} && ${run(index)}`)
  return [`w = ${own}`, ...asked, 'if (w !== 0) {', ...tests, '}'].join('\n')
}
