import { JennerError } from '../../../base/errors.ts'
import type { FieldRef, TransformerCall, ValueRef } from './ast.ts'
import { getopt } from './getopt.ts'

/** What a field can hold. Lists are arrays; bytes are read as Latin-1 where a text is asked for. `undefined`: the event has no such field. */
export type FieldValue = string | number | bigint | boolean | Uint8Array | readonly (string | number)[] | undefined

/** An event as rules see it; only `FieldSource` knows its shape. */
export type Event = unknown

export type FieldReader = (event: never) => FieldValue

/** Gives the reader of a field (its argument applied), or undefined for a field it does not know. Called once per field when a rule is compiled. */
export interface FieldSource {
  (name: string, argument: string | undefined): FieldReader | undefined
  /**
   * Where one text tells several fields (a path its folder and its last part): the same key for each of them, and what reads that text. Two events with the same text have the same values of all
   * these fields; undefined says that the event has none of them, anything but a text that it does not tell.
   */
  toldBy?(name: string, argument: string | undefined): { key: string; read: FieldReader } | undefined
}

type Reader = (event: unknown) => FieldValue

/** Compiles a field or transformer call to a reader. Throws JennerError malformed, naming the field, when the source does not know it. */
export function compileValue(value: ValueRef, source: FieldSource): Reader {
  return value.kind === 'field' ? compileField(value, source) : compileCall(value, source)
}

function compileField({ name, argument }: FieldRef, source: FieldSource): Reader {
  const reader = source(name, argument)
  if (!reader)
    throw new JennerError('malformed', `unknown field ${name}${argument === undefined ? '' : `[${argument}]`}`)
  return reader as Reader
}

function compileCall(call: TransformerCall, source: FieldSource): Reader {
  const [first, second] = call.arguments
  if (call.name === 'val') return compileValue(first as ValueRef, source)
  if (call.name === 'join') return compileJoin(first, second, source)
  if (call.name === 'concat') return compileConcat(call, source)
  if (call.name === 'getopt') return compileGetopt(call, source)
  if (call.arguments.length !== 1) throw new JennerError('malformed', `${call.name}( ) takes one argument`)
  const inner = argumentReader(first, source)
  const apply = simple[call.name]
  return event => {
    const value = inner(event)
    return value === undefined ? undefined : apply(value)
  }
}

const simple: Record<
  'tolower' | 'toupper' | 'b64' | 'basename' | 'len',
  (value: NonNullable<FieldValue>) => FieldValue
> = {
  tolower: value => mapTexts(value, text => text.toLowerCase()),
  toupper: value => mapTexts(value, text => text.toUpperCase()),
  b64: value => mapTexts(value, text => Buffer.from(text, 'base64').toString()),
  basename: value => mapTexts(value, text => text.slice(text.lastIndexOf('/') + 1)),
  len: value => (Array.isArray(value) || value instanceof Uint8Array ? value.length : textOf(value).length),
}

function mapTexts(value: NonNullable<FieldValue>, map: (text: string) => string): FieldValue {
  return Array.isArray(value) ? value.map(item => map(String(item))) : map(textOf(value))
}

/** A value as the text a comparison or an output shows. Bytes are Latin-1. */
export function textOf(value: NonNullable<FieldValue>): string {
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1')
  return Array.isArray(value) ? value.join(',') : String(value)
}

type Argument = TransformerCall['arguments'][number] | undefined

function argumentReader(argument: Argument, source: FieldSource): Reader {
  if (argument === undefined) throw new JennerError('malformed', 'a transformer lacks an argument')
  if (typeof argument === 'string') return () => argument
  if (!Array.isArray(argument)) return compileValue(argument, source)
  const readers = argument.map(item => argumentReader(item, source))
  return event => {
    const values: (string | number)[] = []
    for (const read of readers) {
      const value = read(event)
      if (value === undefined) return undefined
      if (Array.isArray(value)) values.push(...value)
      else values.push(textOf(value))
    }
    return values
  }
}

function compileJoin(separator: Argument, list: Argument, source: FieldSource): Reader {
  if (typeof separator !== 'string')
    throw new JennerError('malformed', 'join( ) takes a separator in quotes and a list')
  const read = argumentReader(list, source)
  return event => {
    const values = read(event)
    return values === undefined ? undefined : Array.isArray(values) ? values.join(separator) : textOf(values)
  }
}

function compileConcat(call: TransformerCall, source: FieldSource): Reader {
  const readers = call.arguments.map(argument => argumentReader(argument, source))
  return event => {
    let text = ''
    for (const read of readers) {
      const value = read(event)
      if (value === undefined) return undefined
      text += textOf(value)
    }
    return text
  }
}

function compileGetopt(call: TransformerCall, source: FieldSource): Reader {
  const [list, options] = call.arguments
  if (typeof options !== 'string')
    throw new JennerError('malformed', 'getopt( ) takes a list and its options in quotes')
  const read = argumentReader(list, source)
  const { index } = call
  return event => {
    const value = read(event)
    if (value === undefined) return undefined
    const words = Array.isArray(value) ? value.map(String) : textOf(value).split(' ')
    const found = getopt(words, options)
    if (index === undefined)
      return found.flatMap(({ option, argument }) => (argument === undefined ? [option] : [option, argument]))
    return found.findLast(({ option }) => option === index)?.value
  }
}
