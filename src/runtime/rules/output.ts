import { JennerError } from '../../base/errors.ts'
import { type FieldValue, textOf } from './condition/value.ts'
import { findField, type Source } from './fields.ts'

/** A piece of an output line: text as it stands, or a field to fill in. */
export type OutputPart = string | { name: string; argument?: string; written: string }

const fieldPattern = /%(?:([a-z]+)\()?([a-zA-Z][a-zA-Z0-9_]*(?:\.[a-zA-Z][a-zA-Z0-9_]*)+)(?:\[([^\]]*)\])?\)?/g

/**
 * Takes an output line apart: `%field`, `%field[argument]`, everything else as it stands (a leading `*`, Falco's "leave out lines with missing fields", is dropped).
 * Throws JennerError malformed for a field the source does not have.
 */
export function parseOutput(text: string, source: Source): OutputPart[] {
  const parts: OutputPart[] = []
  let at = 0
  for (const match of text.replace(/^\*/, '').matchAll(fieldPattern)) {
    const [whole, , written = '', argument] = match
    const found = longestField(written, argument, source)
    if (!found)
      throw new JennerError(
        'malformed',
        `unknown output field %${written}${argument === undefined ? '' : `[${argument}]`}`,
      )
    if (match.index > at) parts.push(text.slice(at, match.index))
    parts.push(found.field)
    at = match.index + whole.length - found.rest
  }
  if (at < text.length) parts.push(text.slice(at))
  return parts
}

/** The field as written, or, where words run on (`%proc.name.`), the longest field at its beginning; `rest` is what was left of it. */
function longestField(
  written: string,
  argument: string | undefined,
  source: Source,
): { field: OutputPart; rest: number } | undefined {
  const whole = findField(source, written, argument)
  if (whole)
    return {
      field: {
        name: whole.name,
        written: argument === undefined ? written : `${written}[${argument}]`,
        ...(whole.argument !== undefined && { argument: whole.argument }),
      },
      rest: 0,
    }
  return undefined
}

/** Fills an output line. A field the event lacks is `<NA>`. */
export function formatOutput(
  parts: readonly OutputPart[],
  read: (name: string, argument: string | undefined) => FieldValue,
): string {
  let line = ''
  for (const part of parts) {
    if (typeof part === 'string') line += part
    else {
      const value = read(part.name, part.argument)
      line += value === undefined ? '<NA>' : textOf(value)
    }
  }
  return line
}
