import { RE2JS } from 're2js'
import { JennerError } from './errors.ts'

/** A compiled expression that answers in time linear in the text, whatever the expression. */
export interface LinearRegex {
  /** The whole text matches. */
  matches(text: string): boolean
  /** Some part of the text matches. */
  finds(text: string): boolean
}

const maxLength = 10_000

/**
 * Compiles an expression in RE2's syntax, for expressions and texts that others wrote: no backtracking, so none can hang us.
 * Throws JennerError malformed for what RE2 refuses (look-around, back-references, syntax errors, over 10,000 characters).
 */
export function compileRegex(expression: string, flags: { ignoreCase?: boolean; dotAll?: boolean } = {}): LinearRegex {
  if (expression.length > maxLength)
    throw new JennerError('malformed', `a regular expression longer than ${maxLength} characters`)
  const bits = (flags.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (flags.dotAll ? RE2JS.DOTALL : 0)
  try {
    const compiled = RE2JS.compile(expression, bits)
    return { matches: text => compiled.matches(text), finds: text => compiled.matcher(text).find() }
  } catch (cause) {
    throw new JennerError(
      'malformed',
      `regular expression: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    )
  }
}
