import type { LogTest } from './record.ts'

const maxTokens = 500
const maxDepth = 50

/**
 * A Sigma condition over named selections:
 *
 *     or    := and ("or" and)*
 *     and   := not ("and" not)*
 *     not   := "not" not | term
 *     term  := "(" or ")" | ("1" | "any" | "all") "of" ("them" | pattern) | name
 *
 * `pattern` is a name with `*`; `them` is all whose names do not begin with `_`. Throws RangeError.
 */
export function parseCondition(text: string, tests: ReadonlyMap<string, LogTest>): LogTest {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? []
  if (tokens.length === 0 || tokens.length > maxTokens) throw new RangeError(`condition: 1 to ${maxTokens} words`)
  let at = 0
  let depth = 0
  const is = (word: string): boolean => tokens[at]?.toLowerCase() === word
  const take = (word: string): boolean => is(word) && ++at > 0

  const or = (): LogTest => {
    const parts = [and()]
    while (take('or')) parts.push(and())
    return parts.length === 1 ? parts[0]! : record => parts.some(part => part(record))
  }
  const and = (): LogTest => {
    const parts = [not()]
    while (take('and')) parts.push(not())
    return parts.length === 1 ? parts[0]! : record => parts.every(part => part(record))
  }
  const not = (): LogTest => {
    if (!take('not')) return term()
    const inner = nested(not)
    return record => !inner(record)
  }
  const nested = (parse: () => LogTest): LogTest => {
    if (++depth > maxDepth) throw new RangeError('condition: nested too deeply')
    const inner = parse()
    depth--
    return inner
  }
  const term = (): LogTest => {
    if (take('(')) {
      const inner = nested(or)
      if (!take(')')) throw new RangeError('condition: ) is missing')
      return inner
    }
    const word = tokens[at++]
    if (word === undefined) throw new RangeError('condition: ends too early')
    if (/^(1|any|all)$/i.test(word) && is('of')) {
      at++
      const chosen = choose(tokens[at++] ?? '', tests)
      return word.toLowerCase() === 'all'
        ? record => chosen.every(test => test(record))
        : record => chosen.some(test => test(record))
    }
    const test = tests.get(word)
    if (test === undefined) throw new RangeError(`condition: ${word} is not a selection`)
    return test
  }

  const whole = or()
  if (at < tokens.length) throw new RangeError(`condition: ${tokens[at]} is not expected`)
  return whole
}

function choose(pattern: string, tests: ReadonlyMap<string, LogTest>): LogTest[] {
  const fits = (name: string): boolean => {
    if (pattern === 'them') return !name.startsWith('_')
    const [head = '', tail] = pattern.split('*')
    return tail === undefined ? name === pattern : name.startsWith(head) && name.endsWith(tail)
  }
  const chosen = [...tests].flatMap(([name, test]) => (fits(name) ? [test] : []))
  if (chosen.length === 0) throw new RangeError(`condition: no selection fits ${pattern}`)
  return chosen
}
