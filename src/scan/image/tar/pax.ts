import { parseDecimal } from './numbers.ts'

/** What PAX records and GNU long names lay over the next header. */
export interface Overlay {
  path?: string
  link?: string
  size?: number
  modified?: number
  /** GNU sparse records, without their `GNU.sparse.` */
  sparse?: Map<string, string>
  /** GNU sparse 0.0 repeats two keys: offset, length, offset, length … */
  pairs?: number[]
}

/**
 * PAX extended header: `LENGTH SP KEY = VALUE LF`, LENGTH counting the whole record in bytes (POSIX.1-2001, pax, "pax Extended Header").
 * Adds to `overlay`; returns what is wrong with the records, if anything is.
 */
export function parsePax(data: Buffer, overlay: Overlay): string | undefined {
  let at = 0
  while (at < data.length && data[at] !== 0) {
    const blank = data.indexOf(0x20, at)
    if (blank < 0 || blank - at > 10) return 'PAX record without a length'
    const length = parseDecimal(data.toString('latin1', at, blank))
    if (length === undefined || length < blank - at + 3 || at + length > data.length)
      return 'PAX record with a wrong length'
    const end = at + length
    const equals = data.indexOf(0x3d, blank)
    if (data[end - 1] !== 0x0a || equals < 0 || equals >= end) return 'PAX record without an end'
    const wrong = applyRecord(
      overlay,
      data.toString('utf8', blank + 1, equals),
      data.toString('utf8', equals + 1, end - 1),
    )
    if (wrong !== undefined) return wrong
    at = end
  }
  return undefined
}

function applyRecord(overlay: Overlay, key: string, value: string): string | undefined {
  if (value === '') return undefined
  if (key === 'path') overlay.path = value
  else if (key === 'linkpath') overlay.link = value
  else if (key === 'mtime') overlay.modified = Math.round(Number(value) * 1000) || undefined
  else if (key === 'size') {
    overlay.size = parseDecimal(value)
    if (overlay.size === undefined) return `PAX size ${value.slice(0, 30)}`
  } else if (key.startsWith('GNU.sparse.')) return applySparse(overlay, key.slice(11), value)
  return undefined
}

function applySparse(overlay: Overlay, key: string, value: string): string | undefined {
  overlay.sparse ??= new Map()
  overlay.sparse.set(key, value)
  if (key === 'name') overlay.path = value
  if (key !== 'offset' && key !== 'numbytes') return undefined
  const number = parseDecimal(value)
  if (number === undefined) return `GNU.sparse.${key} ${value.slice(0, 30)}`
  overlay.pairs ??= []
  overlay.pairs.push(number)
  return undefined
}
