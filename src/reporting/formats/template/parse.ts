import { JennerError } from '../../../base/errors.ts'
import { type Expression, parsePipeline, tokenize } from './expression.ts'

/** A template's parts. `list` is what stands between an opening action and its `else` or `end`. */
export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'print'; value: Expression }
  | { kind: 'assign'; name: string; declare: boolean; value: Expression }
  | { kind: 'if' | 'with'; value: Expression; then: Node[]; otherwise: Node[] }
  | { kind: 'range'; key?: string; item?: string; value: Expression; then: Node[]; otherwise: Node[] }

const maxTemplate = 1 << 20
const maxDepth = 64

/**
 * Parses the part of Go's text/template language (https://pkg.go.dev/text/template) that reports need:
 * `{{pipeline}}`, `if/else if/else`, `range [$i, $x :=]`, `with`, `$x := …`, comments, and `{{-`, `-}}` trimming.
 * `define`, `template`, `block`, `break` and methods are not taken. Throws JennerError usage.
 */
export function parseTemplate(text: string): Node[] {
  if (text.length > maxTemplate) throw new JennerError('usage', 'template: more than 1 MiB')
  const pieces = split(text)
  const state = { pieces, at: 0 }
  const nodes = parseList(state, 0)
  if (state.at < pieces.length) throw bad(`unexpected {{${(pieces[state.at] as Action).action}}}`)
  return nodes
}

interface Action {
  action: string
}
type Piece = string | Action
interface State {
  pieces: Piece[]
  at: number
}

/** Text and actions in turn. `{{- ` eats white space before, ` -}}` after. */
function split(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (;;) {
    const open = text.indexOf('{{', at)
    let before = open < 0 ? text.slice(at) : text.slice(at, open)
    const trimLeft = open >= 0 && /^\{\{-\s/.test(text.slice(open, open + 4))
    if (trimLeft) before = before.trimEnd()
    if (before !== '') pieces.push(before)
    if (open < 0) return pieces
    const close = closing(text, open + 2)
    const trimRight = /\s-$/.test(text.slice(Math.max(open + 2, close - 2), close))
    const action = text.slice(open + (trimLeft ? 3 : 2), close - (trimRight ? 1 : 0)).trim()
    if (!/^\/\*[\s\S]*\*\/$/.test(action)) pieces.push({ action })
    at = close + 2
    if (trimRight) while (at < text.length && /\s/.test(text[at]!)) at++
  }
}

/** Where the action's `}}` stands, strings and comments skipped. */
function closing(text: string, from: number): number {
  let quote = ''
  for (let at = from; at < text.length; at++) {
    const character = text[at]!
    if (quote !== '') {
      if (character === '\\' && quote === '"') at++
      else if (character === quote) quote = ''
    } else if (character === '"' || character === '`') quote = character
    else if (text.startsWith('}}', at)) return at
  }
  throw bad('{{ without }}')
}

function parseList(state: State, depth: number): Node[] {
  if (depth > maxDepth) throw bad('nested too deeply')
  const nodes: Node[] = []
  while (state.at < state.pieces.length) {
    const piece = state.pieces[state.at]!
    if (typeof piece === 'string') {
      nodes.push({ kind: 'text', text: piece })
    } else if (/^(else|end)\b/.test(piece.action)) {
      return nodes
    } else {
      nodes.push(parseAction(state, piece.action, depth))
      continue
    }
    state.at++
  }
  return nodes
}

function parseAction(state: State, action: string, depth: number): Node {
  state.at++
  const keyword = /^(if|with|range|define|template|block|break|continue)\b/.exec(action)?.[1]
  if (keyword === 'if' || keyword === 'with') return parseBranch(state, keyword, action.slice(keyword.length), depth)
  if (keyword === 'range') return parseRange(state, action.slice(5), depth)
  if (keyword !== undefined) throw bad(`{{${keyword}}} is not supported`)
  const assignment = /^(\$\w+)\s*(:?=)(?!=)([\s\S]*)$/.exec(action)
  if (!assignment) return { kind: 'print', value: expression(action) }
  return { kind: 'assign', name: assignment[1]!, declare: assignment[2] === ':=', value: expression(assignment[3]!) }
}

function parseBranch(state: State, kind: 'if' | 'with', condition: string, depth: number): Node {
  const value = expression(condition)
  const then = parseList(state, depth + 1)
  return { kind, value, then, otherwise: parseElse(state, depth) }
}

function parseRange(state: State, text: string, depth: number): Node {
  const named = /^\s*(\$\w+)\s*(?:,\s*(\$\w+)\s*)?:?=([\s\S]*)$/.exec(text)
  const value = expression(named ? named[3]! : text)
  const then = parseList(state, depth + 1)
  const otherwise = parseElse(state, depth)
  if (!named) return { kind: 'range', value, then, otherwise }
  if (named[2] === undefined) return { kind: 'range', item: named[1]!, value, then, otherwise }
  return { kind: 'range', key: named[1]!, item: named[2], value, then, otherwise }
}

/** `{{end}}`, `{{else}} … {{end}}` or `{{else if …}}`, which shares the `end` of its `if`. */
function parseElse(state: State, depth: number): Node[] {
  const piece = state.pieces[state.at++]
  if (piece === undefined || typeof piece === 'string') throw bad('missing {{end}}')
  if (/^end\s*$/.test(piece.action)) return []
  const again = /^else\s+(if|with)\b([\s\S]*)$/.exec(piece.action)
  if (again) return [parseBranch(state, again[1] as 'if' | 'with', again[2]!, depth + 1)]
  const nodes = parseList(state, depth + 1)
  const end = state.pieces[state.at++]
  if (end === undefined || typeof end === 'string' || !/^end\s*$/.test(end.action)) throw bad('missing {{end}}')
  return nodes
}

function expression(text: string): Expression {
  return parsePipeline(tokenize(text))
}

function bad(what: string): JennerError {
  return new JennerError('usage', `template: ${what}`)
}
