/**
 * What the bytes around a keyword tell before a window is cut out for a rule's pattern: whether it may match there at all. Each takes away only places where the
 * pattern cannot match; that it takes away most of them makes the search fast.
 */
export type Glance = (bytes: Uint8Array, start: number, end: number, path: string) => boolean

const word = 1
const alphanumeric = 2
const tokenLike = 4
const blank = 8
const quote = 16
const sign = 32

const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte)
  return (
    (/[\w.-]/.test(char) ? word : 0) |
    (/[A-Za-z0-9]/.test(char) ? alphanumeric : 0) |
    (/[\x21-\x7e\x80-\xff]/.test(char) && !/["'`]/.test(char) ? tokenLike : 0) |
    (/\s/.test(char) ? blank : 0) |
    (/["'`\\]/.test(char) ? quote : 0) |
    (/[=:,(>|]/.test(char) ? sign : 0)
  )
})

/** For a token of these beginnings, which stand at a word's edge as they are spelled, more of it behind them. */
export function tokenGlance(prefixes: readonly string[]): Glance {
  const texts = prefixes.map(prefix => Buffer.from(prefix, 'latin1'))
  return (bytes, start, end) => {
    if (start > 0 && (kinds[bytes[start - 1]!]! & alphanumeric) !== 0) return false
    if (!isAllOf(bytes, end, end + 6, tokenLike)) return false
    return texts.some(text => text.length === end - start && startsWith(bytes, start, text))
  }
}

/** For a token that goes on with so many letters and digits. */
export const hasAlphanumerics =
  (count: number): Glance =>
  (bytes, _start, end) =>
    isAllOf(bytes, end, end + count, alphanumeric)

/** The beginnings that a pattern of `token` demands; undefined for any other pattern. */
export function prefixesOf({ source, flags }: RegExp): string[] | undefined {
  const alternatives = /^\(\?<!\[A-Za-z0-9\]\)\(\?<secret>\(\?:((?:[\w~!@%,:; -]|\\[^\w\s]|\|)+)\)/.exec(source)?.[1]
  if (alternatives === undefined || flags.includes('i')) return undefined
  return alternatives.split('|').map(text => text.replace(/\\(.)/g, '$1'))
}

/** For a value behind a name as in an assignment: more of the name, a quotation mark, a sign of assigning, and eight characters that may be a token's. */
export const assignedGlance: Glance = (bytes, _start, end) => {
  let at = skip(bytes, end, 120, word, 32)
  while (((kinds[bytes[at] ?? 0]! & (quote | blank)) !== 0 || bytes[at] === 93) && at < end + 130) at++
  // C's `#define NAME "…"` has no sign.
  const isOpened = (kinds[bytes[at - 1]!]! & quote) !== 0 && (kinds[bytes[at - 2]!]! & blank) !== 0
  if (isOpened && isAllOf(bytes, at, at + 8, tokenLike)) return true
  const isValue = bytes[at] === 118 || bytes[at] === 86
  if (!isValue && (kinds[bytes[at] ?? 0]! & sign) === 0) return false
  if (isValue) at += 5
  const limit = at + 24
  while (at < limit && (kinds[bytes[at] ?? 0]! & (sign | quote | blank)) !== 0) at++
  if (isAllOf(bytes, at, at + 8, tokenLike)) return true
  // `: string = "…"`: a type stands between.
  at = skip(bytes, skip(bytes, at, 16, word, 38), 2, blank)
  const from = skip(bytes, at + 1, 8, blank | quote)
  return bytes[at] === 61 && isAllOf(bytes, from, from + 8, tokenLike)
}

/** For a URL with a password: `@` in what stands behind `://`, before a path. */
export const userinfoGlance: Glance = (bytes, _start, end) => {
  const last = Math.min(bytes.length, end + 1000)
  let colon = false
  for (let at = end; at < last; at++) {
    const byte = bytes[at]!
    if (byte === 64) return colon
    if (byte === 58) colon = true
    else if (byte <= 32 || byte === 47) return false
  }
  return false
}

/** How a value may stand in a kind of file: as a bare word, too; only in quotation marks; not at all. */
export type Wording = 'bare' | 'quoted' | 'none'

/** Behind a name that tells: the rest of it, and what may stand between a name and its value; where a value must be in quotation marks, one of them. */
export function namedGlance(wordingOf: (path: string) => Wording): Glance {
  let known: { path: string; wording: Wording } | undefined
  return (bytes, _start, end, path) => {
    if (known?.path !== path) known = { path, wording: wordingOf(path) }
    if (known.wording === 'none') return false
    const begin = skip(bytes, end, 32, word)
    const byte = bytes[begin] ?? 0
    if ((kinds[byte]! & (quote | blank | sign)) === 0 && !between.includes(byte)) return false
    if ((kinds[bytes[end - 1]!]! & word) !== 0 && !leadsToValue(bytes, begin)) return false
    if (known.wording === 'bare') return true
    const last = Math.min(bytes.length, begin + 120)
    for (let at = begin; at < last; at++) if ((kinds[bytes[at]!]! & quote) !== 0) return true
    return false
  }
}

/** Behind the whole name, its closing marks and blanks: a sign of assigning, or the first letter of `string =`, `As String =`, `value=`. */
function leadsToValue(bytes: Uint8Array, from: number): boolean {
  const last = Math.min(bytes.length, from + 30)
  let at = from
  while (at < last && ((kinds[bytes[at]!]! & quote) !== 0 || closing.includes(bytes[at]!))) at++
  while (at < last && (bytes[at] === 32 || bytes[at] === 9)) at++
  return at >= last || leading[bytes[at]!] === 1
}

const closing = Buffer.from('])*')
const leading = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[:=?|<[{,\r\nsav]/i.test(String.fromCharCode(byte)) ? 1 : 0,
)

/** `]` `)` `*` `?` `<` `[` `{`: with blanks, quotation marks and signs all that may follow a name. */
const between = Buffer.from('])*?<[{&')

function skip(bytes: Uint8Array, from: number, most: number, kind: number, also = -1): number {
  const last = Math.min(bytes.length, from + most)
  let at = from
  while (at < last && ((kinds[bytes[at]!]! & kind) !== 0 || bytes[at] === also)) at++
  return at
}

function isAllOf(bytes: Uint8Array, from: number, to: number, kind: number): boolean {
  if (to > bytes.length) return false
  for (let at = from; at < to; at++) if ((kinds[bytes[at]!]! & kind) === 0) return false
  return true
}

function startsWith(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text[index]) return false
  return true
}
