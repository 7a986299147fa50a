import { RE2JS } from 're2js'
import { JennerError } from './errors.ts'

/** A compiled expression that answers in time linear in the text, whatever the expression. */
export interface LinearRegex {
  /** The whole text matches. */
  matches(text: string): boolean
  /** Some part of the text matches. */
  finds(text: string): boolean
  /**
   * Where it matches, one behind the other; `group`: of a named group, where there is one of that name and it took part. At most `maxSpans`: `onCut` is called
   * where there are more.
   */
  spans(text: string, group?: string, onCut?: () => void): { start: number; end: number }[]
}

const maxLength = 10_000
export const maxSpans = 10_000

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
    return {
      matches: text => compiled.matches(text),
      finds: text => compiled.matcher(text).find(),
      spans: (text, group, onCut) => spansOf(compiled, text, group, onCut),
    }
  } catch (cause) {
    throw new JennerError(
      'malformed',
      `regular expression: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    )
  }
}

function spansOf(
  compiled: RE2JS,
  text: string,
  group: string | undefined,
  onCut?: () => void,
): { start: number; end: number }[] {
  const matcher = compiled.matcher(text)
  const named = group !== undefined && Object.hasOwn(compiled.namedGroups(), group)
  const spans: { start: number; end: number }[] = []
  while (matcher.find()) {
    if (spans.length >= maxSpans) {
      onCut?.()
      break
    }
    const start = named ? matcher.start(group) : -1
    spans.push(start < 0 ? { start: matcher.start(), end: matcher.end() } : { start, end: matcher.end(group) })
  }
  return spans
}
