import { JennerError } from '../../base/errors.ts'
import { type FieldValue, textOf } from './condition/value.ts'
import { findField, type Source } from './fields.ts'

/** A piece of an output line: text as it stands, or a field to fill in, perhaps through `tolower`, `toupper`, `basename` or `b64`. */
export type OutputPart = string | { name: string; argument?: string; transformer?: string; written: string }

const field = '([a-zA-Z][a-zA-Z0-9_]*(?:\\.[a-zA-Z][a-zA-Z0-9_]*)+)(?:\\[([^\\]]*)\\])?'
const pattern = new RegExp(`%(?:([a-z0-9]+)\\(${field}\\)|${field})`, 'g')

const transforms: Record<string, (text: string) => string> = {
  tolower: text => text.toLowerCase(),
  toupper: text => text.toUpperCase(),
  basename: text => text.slice(text.lastIndexOf('/') + 1),
  b64: text => Buffer.from(text, 'base64').toString(),
}

/**
 * Takes an output line apart: `%field`, `%field[argument]`, `%tolower(field)`, everything else as it stands (a leading `*`, Falco's "print
 * even with missing fields", is dropped). Throws JennerError malformed for a field the source does not have, and for a `%` before none.
 */
export function parseOutput(output: string, source: Source): OutputPart[] {
  const text = output.replace(/^\*/, '')
  const parts: OutputPart[] = []
  let at = 0
  for (const match of text.matchAll(pattern)) {
    const [whole, transformer, wrapped, wrappedArgument, bare, bareArgument] = match
    const written = wrapped ?? bare ?? ''
    const argument = wrappedArgument ?? bareArgument
    const found = findField(source, written, argument)
    if (!found || (transformer !== undefined && !Object.hasOwn(transforms, transformer)))
      throw new JennerError('malformed', `unknown output field ${whole}`)
    if (match.index > at) parts.push(literal(text.slice(at, match.index)))
    const part: OutputPart = { name: found.name, written: whole.slice(1) }
    if (found.argument !== undefined) part.argument = found.argument
    if (transformer !== undefined) part.transformer = transformer
    parts.push(part)
    at = match.index + whole.length
  }
  if (at < text.length) parts.push(literal(text.slice(at)))
  return parts
}

/** A `%` always begins a field: there is no way to write one. */
function literal(text: string): string {
  const found = /%[\w.]*/.exec(text)
  if (found) throw new JennerError('malformed', `unknown output field ${found[0]}`)
  return text
}

/** Fills an output line. A field the event lacks is `<NA>`. */
export function formatOutput(
  parts: readonly OutputPart[],
  read: (name: string, argument: string | undefined) => FieldValue,
): string {
  let line = ''
  for (const part of parts) {
    if (typeof part === 'string') {
      line += part
      continue
    }
    const value = read(part.name, part.argument)
    const text = value === undefined ? '<NA>' : textOf(value)
    line += part.transformer === undefined || value === undefined ? text : transforms[part.transformer]!(text)
  }
  return line
}
