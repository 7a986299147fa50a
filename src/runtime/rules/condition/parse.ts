import type {
  Check,
  Condition,
  FieldRef,
  Modifier,
  Operator,
  RightSide,
  Transformer,
  TransformerCall,
  ValueRef,
} from './ast.ts'
import { listOperators, modifiers, numberOperators, stringOperators, transformers } from './ast.ts'
import { type Cursor, fail, skipBlanks, take, takeQuoted, takeText, takeWord } from './cursor.ts'

const maxDepth = 100
const maxLength = 1 << 20

/**
 * Parses a condition of Falco's rule language.
 *
 *     condition := and { 'or' and }          and := not { 'and' not }
 *     not       := { 'not' } check           check := '(' condition ')' | value operator… | identifier
 *     value     := field | transformer '(' argument { ',' argument } ')' [ '[' index ']' ]
 *     field     := name '.' name { '.' name } [ '[' argument ']' ]
 *     name, identifier := [a-zA-Z][a-zA-Z0-9_]*
 *
 * `not(`, `and(` and `or(` need no blank; otherwise a blank is required. Nesting is limited to 100.
 * Throws JennerError malformed with line and column.
 */
export function parseCondition(text: string): Condition {
  if (text.length > maxLength) fail({ text: '', at: 0 }, 'the condition is longer than 1 MiB')
  const cursor = { text, at: 0 }
  skipBlanks(cursor)
  const condition = parseOr(cursor, 0)
  skipBlanks(cursor)
  if (cursor.at < text.length) failJoining(cursor)
  return condition
}

const operatorInPlaceOfCondition = /(?:^|\(|(?:^|[ \b\t\n\r)(])(?:and|or|not))[ \b\t\n\r]*((?:and|or)[ \b\t\n\r]+)$/

/** A condition is over and text is left: says what is wrong with how the next one is joined. */
function failJoining(cursor: Cursor): never {
  const { text, at } = cursor
  const misplaced = operatorInPlaceOfCondition.exec(text.slice(Math.max(0, at - 60), at))?.[1]
  if (misplaced !== undefined)
    fail({ text, at: at - misplaced.length }, `a condition is expected before '${misplaced.trim()}'`)
  const rest = text.slice(at)
  const word = /^(?:and|or)(?![\w.])/.exec(rest)?.[0]
  if (word !== undefined) {
    if (/^[ \b\t\n\r]*(?:\)|$)/.test(rest.slice(word.length))) fail(cursor, `a condition is expected after '${word}'`)
    const spaced = /^[ \b\t\n\r(]/.test(rest.slice(word.length))
    fail(cursor, `a blank is expected ${spaced ? 'before' : 'after'} '${word}'`)
  }
  if (rest.startsWith(')')) fail(cursor, "a ')' without its '('")
  const other = /^(?:and|or|&&?|\|\|?)(?![\w.])/i.exec(rest)?.[0]
  if (other !== undefined) fail(cursor, `conditions are joined by 'and' or 'or', not by '${other}'`)
  fail(cursor, `'and' or 'or' is expected before "${rest.slice(0, 20)}"`)
}

function parseOr(cursor: Cursor, depth: number): Condition {
  return parseChain(cursor, depth, 'or', parseAnd)
}

function parseAnd(cursor: Cursor, depth: number): Condition {
  return parseChain(cursor, depth, 'and', parseNot)
}

function parseChain(
  cursor: Cursor,
  depth: number,
  kind: 'and' | 'or',
  next: (cursor: Cursor, depth: number) => Condition,
): Condition {
  if (depth > maxDepth) fail(cursor, `nested deeper than ${maxDepth}`)
  const operands = [next(cursor, depth)]
  for (;;) {
    const from = cursor.at
    const spaced = skipBlanks(cursor) || cursor.text[from - 1] === ')'
    if (!spaced || !takeWord(cursor, kind) || !separated(cursor)) {
      cursor.at = from
      return operands.length === 1 ? operands[0]! : { kind, operands }
    }
    operands.push(next(cursor, depth))
  }
}

/** After a word operator: a blank (skipped) or an opening bracket. */
function separated(cursor: Cursor): boolean {
  return skipBlanks(cursor) || cursor.text[cursor.at] === '('
}

function parseNot(cursor: Cursor, depth: number): Condition {
  const start = cursor.at
  if (takeWord(cursor, 'not')) {
    if (!separated(cursor)) fail(cursor, "a blank is expected after 'not'")
    if (depth > maxDepth) fail(cursor, `nested deeper than ${maxDepth}`)
    return { kind: 'not', operand: parseNot(cursor, depth + 1) }
  }
  cursor.at = start
  return parseCheck(cursor, depth)
}

const identifier = /[a-zA-Z][a-zA-Z0-9_]*/y

function parseCheck(cursor: Cursor, depth: number): Condition {
  const at = cursor.at
  if (takeText(cursor, '(')) {
    skipBlanks(cursor)
    const inner = parseOr(cursor, depth + 1)
    skipBlanks(cursor)
    if (!takeText(cursor, ')')) {
      if (cursor.at < cursor.text.length) failJoining(cursor)
      fail(cursor, "expected a ')'")
    }
    return inner
  }
  const left = parseValue(cursor, false)
  if (left) return parseOperation(cursor, left, at)
  const name = take(cursor, identifier)
  if (name === undefined) fail(cursor, 'expected a field, a macro or a condition in brackets')
  return { kind: 'macro', name, at }
}

/** A field or a transformer call at the cursor, or undefined (a macro's name, or nothing). `val` counts only where it is allowed. */
function parseValue(cursor: Cursor, valAllowed: boolean, depth = 0): ValueRef | undefined {
  const start = cursor.at
  const field = parseField(cursor)
  if (field) return field
  const name = take(cursor, identifier)
  if (
    name === undefined ||
    cursor.text[cursor.at] !== '(' ||
    !(isTransformer(name) || (valAllowed && name === 'val'))
  ) {
    cursor.at = start
    return undefined
  }
  if (depth > maxDepth) fail(cursor, `nested deeper than ${maxDepth}`)
  return parseCall(cursor, name as Transformer | 'val', start, depth)
}

function isTransformer(name: string): name is Transformer {
  return (transformers as readonly string[]).includes(name)
}

const fieldName = /[a-zA-Z][a-zA-Z0-9_]*(?:\.[a-zA-Z][a-zA-Z0-9_]*)+/y
const bareArgument = /[^\][ \b\t\n\r"']+/y

function parseField(cursor: Cursor): FieldRef | undefined {
  const at = cursor.at
  const name = take(cursor, fieldName)
  if (name === undefined) return undefined
  if (cursor.text[cursor.at] === '(') fail(cursor, `${name} is not a transformer`)
  const field: FieldRef = { kind: 'field', name, at }
  const argument = parseIndex(cursor)
  if (argument !== undefined) field.argument = argument
  return field
}

/** `[argument]` right behind a field or call, or undefined. */
function parseIndex(cursor: Cursor): string | undefined {
  if (!takeText(cursor, '[')) return undefined
  const argument = takeQuoted(cursor) ?? take(cursor, bareArgument)
  if (argument === undefined || !takeText(cursor, ']')) fail(cursor, "expected an argument and a ']'")
  return argument
}

function parseCall(cursor: Cursor, name: Transformer | 'val', at: number, depth: number): TransformerCall {
  cursor.at++
  const call: TransformerCall = { kind: 'transformer', name, arguments: [], at }
  do {
    skipBlanks(cursor)
    call.arguments.push(parseArgument(cursor, name, depth))
    skipBlanks(cursor)
  } while (takeText(cursor, ','))
  if (!takeText(cursor, ')')) fail(cursor, `expected a ')' that closes ${name}(`)
  if (name === 'val' && (call.arguments.length !== 1 || !isField(call.arguments[0])))
    fail(cursor, 'val( ) takes one field')
  const index = parseIndex(cursor)
  if (index !== undefined) call.index = index
  return call
}

function isField(argument: TransformerCall['arguments'][number] | undefined): boolean {
  return typeof argument === 'object' && !Array.isArray(argument) && argument.kind === 'field'
}

/** A field or call, a quoted text, or a bracketed list of these. */
function parseArgument(cursor: Cursor, name: string, depth: number): TransformerCall['arguments'][number] {
  const quoted = takeQuoted(cursor)
  if (quoted !== undefined) return quoted
  if (!takeText(cursor, '(')) {
    const value = parseValue(cursor, false, depth + 1)
    if (!value) fail(cursor, `expected a field inside ${name}( )`)
    return value
  }
  const values: (ValueRef | string)[] = []
  skipBlanks(cursor)
  if (takeText(cursor, ')')) return values
  do {
    skipBlanks(cursor)
    const value = takeQuoted(cursor) ?? parseValue(cursor, false, depth + 1)
    if (value === undefined) fail(cursor, `expected a field in the list inside ${name}( )`)
    values.push(value)
    skipBlanks(cursor)
  } while (takeText(cursor, ','))
  if (!takeText(cursor, ')')) fail(cursor, "expected a ')' that closes a list")
  return values
}

function parseOperation(cursor: Cursor, left: ValueRef, at: number): Check {
  skipBlanks(cursor)
  if (takeWord(cursor, 'exists')) return { kind: 'check', left, operator: 'exists', at }
  for (const operator of listOperators) if (takeWord(cursor, operator)) return listCheck(cursor, left, operator, at)
  for (const operator of numberOperators) if (takeText(cursor, operator)) return numberCheck(cursor, left, operator, at)
  const operator = stringOperators.find(word => (/\w/.test(word) ? takeWord(cursor, word) : takeText(cursor, word)))
  if (!operator) fail(cursor, `expected an operator after ${left.name}`)
  const spaced = skipBlanks(cursor)
  if (/\w/.test(operator) && !spaced && !/["'(]/.test(cursor.text[cursor.at] ?? ''))
    fail(cursor, `a blank is expected after '${operator}'`)
  const modified = modifierCheck(cursor, left, operator, at)
  if (modified) return modified
  return { kind: 'check', left, operator, right: textSide(cursor), at }
}

const bareText = /[^ \b\t\n\r(),="']+/y
const number = /0[xX][0-9a-fA-F]+|[+-]?[0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?/y

function numberCheck(cursor: Cursor, left: ValueRef, operator: Operator, at: number): Check {
  skipBlanks(cursor)
  const right = parseValue(cursor, true)
  if (right) return { kind: 'check', left, operator, right, at }
  const value = take(cursor, number)
  if (value === undefined) fail(cursor, `expected a number after '${operator}'`)
  return { kind: 'check', left, operator, right: { kind: 'text', value, quoted: false }, at }
}

/** A quoted or bare text; or a transformer or val( ) right here, which makes it a field. */
function textSide(cursor: Cursor): RightSide {
  const quoted = takeQuoted(cursor)
  if (quoted !== undefined) return { kind: 'text', value: quoted, quoted: true }
  const start = cursor.at
  const name = take(cursor, identifier)
  const call = name !== undefined && cursor.text[cursor.at] === '(' && (isTransformer(name) || name === 'val')
  cursor.at = start
  if (call) return parseValue(cursor, true)!
  const value = take(cursor, bareText)
  if (value === undefined) fail(cursor, 'expected a value')
  return { kind: 'text', value, quoted: false }
}

function listCheck(cursor: Cursor, left: ValueRef, operator: Operator, at: number): Check {
  skipBlanks(cursor)
  return { kind: 'check', left, operator, right: parseList(cursor) ?? nameSide(cursor, operator), at }
}

/** `oneof (a, b)`; without a list behind it, and only where the next word is not a name either, the word is a plain text (`= allof`). */
function modifierCheck(cursor: Cursor, left: ValueRef, operator: Operator, at: number): Check | undefined {
  const start = cursor.at
  const modifier = modifiers.find(word => takeWord(cursor, word)) as Modifier | undefined
  if (!modifier) return undefined
  skipBlanks(cursor)
  const list = parseList(cursor)
  if (list) return { kind: 'check', left, operator, modifier, right: list, at }
  const name = take(cursor, identifier)
  if (name !== undefined && name !== 'and' && name !== 'or')
    return { kind: 'check', left, operator, modifier, right: { kind: 'name', name }, at }
  cursor.at = start
  return undefined
}

function nameSide(cursor: Cursor, operator: string): RightSide {
  const start = cursor.at
  const call = parseValue(cursor, true)
  if (call?.kind === 'transformer') return call
  cursor.at = start
  const name = take(cursor, bareText)
  if (name === undefined) fail(cursor, `expected a list after '${operator}'`)
  return { kind: 'name', name }
}

function parseList(cursor: Cursor): RightSide | undefined {
  if (!takeText(cursor, '(')) return undefined
  const list = { kind: 'list' as const, values: [] as string[], quoted: [] as boolean[] }
  skipBlanks(cursor)
  if (takeText(cursor, ')')) return list
  do {
    skipBlanks(cursor)
    const quoted = takeQuoted(cursor)
    const value = quoted ?? take(cursor, bareText)
    if (value === undefined) fail(cursor, 'expected a value in the list')
    list.values.push(value)
    list.quoted.push(quoted !== undefined)
    skipBlanks(cursor)
  } while (takeText(cursor, ','))
  if (!takeText(cursor, ')')) fail(cursor, "expected a ',' or a ')' in the list")
  return list
}
