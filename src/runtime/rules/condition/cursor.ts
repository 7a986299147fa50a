import { JennerError } from '../../../base/errors.ts'

/** A position in a condition's text, moved forward by what it takes. */
export interface Cursor {
  text: string
  at: number
}

const blank = /[ \b\t\n\r]*/y

/** Skips blanks; true when there was at least one. */
export function skipBlanks(cursor: Cursor): boolean {
  blank.lastIndex = cursor.at
  const length = blank.exec(cursor.text)?.[0].length ?? 0
  cursor.at += length
  return length > 0
}

/** Takes what a sticky expression matches here, or nothing. */
export function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at
  const match = pattern.exec(cursor.text)
  if (!match) return undefined
  cursor.at += match[0].length
  return match[0]
}

/** Takes a literal, or nothing. */
export function takeText(cursor: Cursor, literal: string): boolean {
  if (!cursor.text.startsWith(literal, cursor.at)) return false
  cursor.at += literal.length
  return true
}

/** Takes a word that must not run on into another word's letters: `in` of `in (`, not of `inside`. */
export function takeWord(cursor: Cursor, word: string): boolean {
  const end = cursor.at + word.length
  if (!cursor.text.startsWith(word, cursor.at) || /[A-Za-z0-9_.]/.test(cursor.text[end] ?? '')) return false
  cursor.at = end
  return true
}

/**
 * Takes a quoted string, if one begins here, and returns its value. Escapes: `\b \f \n \r \t \\ \/ \" \'` (only the quote in use) and `\xHH`;
 * a backslash before a blank stays (rules written for older engines rely on it); any other is an error.
 */
export function takeQuoted(cursor: Cursor): string | undefined {
  const quote = cursor.text[cursor.at]
  if (quote !== '"' && quote !== "'") return undefined
  const start = cursor.at++
  let value = ''
  for (;;) {
    const char = cursor.text[cursor.at++]
    if (char === undefined) fail({ text: cursor.text, at: start }, 'a string is not closed')
    if (char === quote) return value
    value += char === '\\' ? takeEscape(cursor, quote) : char
  }
}

const escapes: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '\\': '\\', '/': '/' }

function takeEscape(cursor: Cursor, quote: string): string {
  const char = cursor.text[cursor.at++]
  if (char === quote) return quote
  if (char === ' ') return '\\ '
  if (char !== undefined && Object.hasOwn(escapes, char)) return escapes[char]!
  const hex = char === 'x' ? take(cursor, /[0-9a-fA-F]{2}/y) : undefined
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
  fail(cursor, `\\${char ?? ''} is no escape sequence`)
}

/** Throws JennerError malformed, naming line, column and what stands there. */
export function fail({ text, at }: Cursor, reason: string): never {
  const before = text.slice(0, at).split('\n')
  throw new JennerError('malformed', `line ${before.length}, column ${before.at(-1)!.length + 1}: ${reason}`)
}
