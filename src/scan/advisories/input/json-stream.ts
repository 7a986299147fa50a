import { StringDecoder } from 'node:string_decoder'
import { JennerError } from '../../../base/errors.ts'
import { inputLimits } from './limits.ts'

/** One member of an object (its key) or element of an array (its index), as its own JSON text. */
export interface JsonPart {
  key: string
  text: string
}

/**
 * The members of the container at `path` (keys from the document's root) of a JSON text of any size, one at a time:
 * strings and brackets are all that is looked at, so only one part is held. Throws JennerError truncated when the text ends inside a value,
 * limit_exceeded when one part is too large. Text that is no JSON at all gives parts that JSON.parse will refuse, or none.
 */
export async function* jsonParts(chunks: AsyncIterable<Uint8Array>, path: string[] = []): AsyncGenerator<JsonPart> {
  const scanner = partScanner(path)
  const decoder = new StringDecoder('utf8')
  for await (const chunk of chunks) yield* scanner.push(decoder.write(chunk as Buffer))
  if (!scanner.done()) throw new JennerError('truncated', 'JSON ends too early')
}

/** The same over a text that is already there. */
export function* jsonPartsOf(text: string, path: string[] = []): Generator<JsonPart> {
  const scanner = partScanner(path)
  yield* scanner.push(text)
  if (!scanner.done()) throw new JennerError('truncated', 'JSON ends too early')
}

interface Level {
  array: boolean
  key: string
  index: number
  awaitsKey: boolean
  wanted: boolean
}

function partScanner(path: string[]) {
  const stack: Level[] = []
  let inString = false
  let escaped = false
  let keyText: string | undefined
  let held: string | undefined
  let started = false

  const open = (array: boolean) => {
    const parent = stack.at(-1)
    const depth = stack.length
    const onPath =
      depth === 0 || (parent!.wanted && depth <= path.length && !parent!.array && parent!.key === path[depth - 1])
    stack.push({ array, key: '', index: 0, awaitsKey: !array, wanted: onPath })
    started = true
    return onPath && depth === path.length
  }
  const collecting = () => stack.length === path.length + 1 && stack.at(-1)!.wanted

  function* push(text: string): Generator<JsonPart> {
    let from = held === undefined ? -1 : 0
    const take = (end: number) => {
      const whole = (held ?? '') + text.slice(from, end)
      held = undefined
      from = -1
      return whole
    }
    let keyFrom = keyText === undefined ? -1 : 0
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i)
      if (inString) {
        if (escaped) escaped = false
        else if (c === 0x5c) escaped = true
        else if (c === 0x22) {
          inString = false
          const level = stack.at(-1)
          if (level?.awaitsKey && keyFrom >= 0) {
            level.key = unquote((keyText ?? '') + text.slice(keyFrom, i))
            level.awaitsKey = false
          }
          keyFrom = -1
          keyText = undefined
        }
        continue
      }
      if (c === 0x22) {
        inString = true
        if (stack.at(-1)?.awaitsKey) keyFrom = i + 1
      } else if (c === 0x7b || c === 0x5b) {
        if (open(c === 0x5b) && c === 0x5b) from = i + 1
      } else if (c === 0x3a) {
        if (collecting() && !stack.at(-1)!.array && from < 0 && held === undefined) from = i + 1
      } else if (c === 0x2c || c === 0x7d || c === 0x5d) {
        const level = stack.at(-1)
        if (level === undefined) throw new JennerError('malformed', 'JSON closes what was not opened')
        if (collecting()) {
          const part = take(i)
          if (part.trim() !== '') yield { key: level.array ? String(level.index++) : level.key, text: part }
          if (c === 0x2c && level.array) from = i + 1
        }
        if (c !== 0x2c) stack.pop()
        else level.awaitsKey = !level.array
      }
    }
    if (from >= 0) held = (held ?? '') + text.slice(from)
    if (keyFrom >= 0) keyText = (keyText ?? '') + text.slice(keyFrom)
    if ((held?.length ?? 0) > inputLimits.maxHeld) throw new JennerError('limit_exceeded', 'one JSON part is too large')
  }
  return { push, done: () => started && stack.length === 0 && !inString }
}

function unquote(raw: string): string {
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(`"${raw}"`) as string
  } catch {
    return raw
  }
}
