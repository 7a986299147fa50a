import { compareDotted, compareNumbers, compareText, isDigit, type Order } from './digits.ts'

const plain = /^\d+(?:\.\d+)*$/

/**
 * POM reference, "Version Order Specification":
 *
 *     version = token *( ("." / "-" / a change between digits and letters, which counts as "-") token )
 *
 * Empty tokens are 0. Trailing "null" tokens (0, "", final, ga, release) are trimmed at the end and before every hyphen. The rest compares token by token,
 * the shorter padded with nulls: with the same separator numbers by value and qualifiers
 * alpha < beta < milestone < rc = cr < snapshot < "" < sp < others (as text, without case); with different ones
 * qualifier < "-number" < ".number" (qualifiers without a place of their own: ".qualifier" < "-qualifier"). `a`, `b`, `m` right before a number are alpha, beta, milestone.
 * A qualifier behind a dot comes before the same behind a hyphen, as the specification has it (".qualifier" < "-qualifier"): advisories are written by it. Maven itself
 * takes 1.0.0.RC8 for 1.0.0-RC8 since 3.8.7; both forms beside each other in one project are rare.
 * `.jre8`, `.jre11`, `.jdk17` at the end name the same release built for that Java (12.10.2.jre11 is 12.10.2) and have no weight;
 * `jre6` and `jre7` do: PostgreSQL's driver made those as releases of their own, and Maven orders them so.
 */
export function compareMaven(left: string, right: string): Order | undefined {
  if (plain.test(left) && plain.test(right)) return compareDotted(left, right)
  const a = tokensOf(left)
  const b = tokensOf(right)
  return a && b ? compareTokens(a, b) : undefined
}

interface Token {
  separator: '.' | '-'
  /** Digits only, or a lower-case qualifier with its aliases resolved. */
  value: string
  numeric: boolean
}

function tokensOf(version: string): Token[] | undefined {
  const text = version
    .trim()
    .toLowerCase()
    .replace(/[.-]j(?:re|dk)(?:[89]|[1-9]\d)$/, '')
  if (text === '' || text.length > 1024 || /[\s,[\]()]/.test(text)) return undefined
  return trimmed(split(text))
}

function split(text: string): Token[] {
  const tokens: Token[] = []
  let separator: Token['separator'] = '-'
  let from = 0
  for (let at = 0; at <= text.length; at++) {
    const character = text[at]
    const separates = at === text.length || character === '.' || character === '-'
    const changes = !separates && at > from && isDigit(text.charCodeAt(at)) !== isDigit(text.charCodeAt(at - 1))
    if (!separates && !changes) continue
    tokens.push(tokenOf(separator, text.slice(from, at), changes && isDigit(text.charCodeAt(at))))
    separator = character === '.' ? '.' : '-'
    from = separates ? at + 1 : at
  }
  return tokens
}

const aliases: Record<string, string> = { final: '', ga: '', release: '', cr: 'rc' }
const shortened: Record<string, string> = { a: 'alpha', b: 'beta', m: 'milestone' }

function tokenOf(separator: Token['separator'], text: string, beforeNumber: boolean): Token {
  if (text === '') return { separator, value: '0', numeric: true }
  if (isDigit(text.charCodeAt(0))) return { separator, value: text, numeric: true }
  const value = (Object.hasOwn(aliases, text) ? aliases[text] : undefined) ?? text
  const long = beforeNumber && Object.hasOwn(shortened, value) ? shortened[value] : undefined
  return { separator, value: long ?? value, numeric: false }
}

const isNull = (token: Token): boolean => (token.numeric ? /^0+$/.test(token.value) : token.value === '')

function trimmed(tokens: Token[]): Token[] {
  const kept = [...tokens]
  for (let at = kept.length - 1; at > 0; at--) {
    const next = kept[at + 1]
    if (isNull(kept[at]!) && (next === undefined || next.separator === '-')) kept.splice(at, 1)
  }
  // A version that is 0 alone is nothing: 0 < v1, where v is a qualifier.
  return kept.length === 1 && isNull(kept[0]!) ? [] : kept
}

function compareTokens(a: Token[], b: Token[]): Order {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compareToken(a[at] ?? padding(b[at]!), b[at] ?? padding(a[at]!))
    if (order !== 0) return order
  }
  return 0
}

const padding = ({ separator, numeric }: Token): Token => ({ separator, value: numeric ? '0' : '', numeric })

function compareToken(a: Token, b: Token): Order {
  if (a.numeric && b.numeric) {
    if (a.separator === b.separator) return compareNumbers(a.value, b.value)
    return a.separator === '-' ? -1 : 1
  }
  if (a.numeric !== b.numeric) return a.numeric ? 1 : -1
  return compareQualifiers(a, b)
}

const known = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp']

/** Qualifiers without a place of their own: after a dot before after a hyphen, where the difference is left, then as text. */
function compareQualifiers(a: Token, b: Token): Order {
  const i = known.indexOf(a.value)
  const j = known.indexOf(b.value)
  if (i >= 0 && j >= 0) return i === j ? 0 : i < j ? -1 : 1
  if (i >= 0 || j >= 0) return i < 0 ? 1 : -1
  if (a.separator !== b.separator) return a.separator === '.' ? -1 : 1
  return compareText(a.value, b.value)
}
