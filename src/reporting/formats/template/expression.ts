import { JennerError } from '../../../base/errors.ts'

export type Expression =
  | { kind: 'literal'; value: string | number | boolean | null }
  /** `.A.B`, `$.A`, `$x.A`, `(…).A`: a base, then names. */
  | { kind: 'field'; base: Expression | undefined; variable?: string; names: string[] }
  | { kind: 'call'; name: string; arguments: Expression[] }

type Token = { kind: 'string' | 'number' | 'word' | 'field' | 'variable' | 'mark'; text: string; glued: boolean }

/** Strings, numbers, `.Field`, `$variable`, words and the marks `( ) |`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  const pattern = /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|-?\d+(?:\.\d+)?|\.\w*|\$\w*|[A-Za-z_]\w*|[()|]/y
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex
    const word = pattern.exec(text)?.[0]
    if (word === undefined) throw bad(`cannot read ${text.slice(start, start + 20)}`)
    if (/^\s/.test(word)) continue
    const glued = start > 0 && !/\s/.test(text[start - 1]!)
    tokens.push({ kind: kindOf(word), text: word, glued })
    if (tokens.length > 4096) throw bad('an action is too long')
  }
  return tokens
}

function kindOf(word: string): Token['kind'] {
  if (word[0] === '"' || word[0] === '`') return 'string'
  if (/^-?\d/.test(word)) return 'number'
  if (word[0] === '.') return 'field'
  if (word[0] === '$') return 'variable'
  return /^\w/.test(word) ? 'word' : 'mark'
}

/** pipeline = command *( "|" command ); each result becomes the last argument of the next command. */
export function parsePipeline(tokens: Token[]): Expression {
  const state = { tokens, at: 0, depth: 0 }
  const value = pipeline(state)
  if (state.at < tokens.length) throw bad(`unexpected ${tokens[state.at]!.text}`)
  return value
}

interface State {
  tokens: Token[]
  at: number
  depth: number
}

function pipeline(state: State): Expression {
  let value = command(state)
  while (peek(state) === '|') {
    state.at++
    const next = command(state)
    if (next.kind !== 'call') throw bad('only a function may stand behind |')
    value = { ...next, arguments: [...next.arguments, value] }
  }
  return value
}

function command(state: State): Expression {
  const first = state.tokens[state.at]
  if (first?.kind !== 'word' || ['true', 'false', 'nil'].includes(first.text)) return operand(state)
  state.at++
  const list: Expression[] = []
  while (state.at < state.tokens.length && peek(state) !== '|' && peek(state) !== ')') list.push(operand(state))
  return { kind: 'call', name: first.text, arguments: list }
}

function operand(state: State): Expression {
  const token = state.tokens[state.at++]
  if (token === undefined) throw bad('something is missing')
  if (token.kind === 'string') return { kind: 'literal', value: unquote(token.text) }
  if (token.kind === 'number') return { kind: 'literal', value: Number(token.text) }
  if (token.kind === 'word') return word(token.text)
  if (token.kind === 'variable') return { kind: 'field', base: undefined, variable: token.text, names: names(state) }
  if (token.kind === 'field') {
    if (token.text === '.') return { kind: 'field', base: undefined, names: [] }
    return { kind: 'field', base: undefined, names: [token.text.slice(1), ...names(state)] }
  }
  if (token.text !== '(' || ++state.depth > 64) throw bad(`unexpected ${token.text}`)
  const inner = pipeline(state)
  if (peek(state) !== ')') throw bad('missing )')
  state.at++
  state.depth--
  const list = names(state)
  return list.length === 0 ? inner : { kind: 'field', base: inner, names: list }
}

function word(text: string): Expression {
  if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' }
  return text === 'nil' ? { kind: 'literal', value: null } : { kind: 'call', name: text, arguments: [] }
}

/** `.A.B` that stands right behind what came before. */
function names(state: State): string[] {
  const list: string[] = []
  for (;;) {
    const token = state.tokens[state.at]
    if (token?.kind !== 'field' || token.text === '.' || !token.glued) return list
    list.push(token.text.slice(1))
    state.at++
  }
}

function unquote(text: string): string {
  if (text[0] === '`') return text.slice(1, -1)
  const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' }
  return text.slice(1, -1).replace(/\\(.)/g, (_, character: string) => {
    const known = escapes[character]
    if (known === undefined) throw bad(`unknown escape \\${character}`)
    return known
  })
}

function peek(state: State): string | undefined {
  const token = state.tokens[state.at]
  return token?.kind === 'mark' ? token.text : undefined
}

function bad(what: string): JennerError {
  return new JennerError('usage', `template: ${what}`)
}
