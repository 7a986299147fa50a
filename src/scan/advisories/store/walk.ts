import { zstdDecompressSync } from 'node:zlib'
import { JennerError } from '../../../base/errors.ts'
import { compareHashes } from './buckets.ts'
import { ByteReader, type Hash, unguarded } from './bytes.ts'
import { corrupt, epssEntry, indexEntry, pageHead } from './format.ts'
import type { Score } from './pages.ts'
import type { Reader } from './reader.ts'
import { decodeRecord, encodeAlone } from './record.ts'

const maxDetailsBlock = 64 * 1024 * 1024
const million = 1_000_000

/** What stands under one key: records, each as bytes that refer to nothing outside; or JSON; or places of details, which follow from the details themselves. */
export interface Value {
  key: Hash
  kind: 'records' | 'json' | 'places'
  payloads: Buffer[]
}

/** All values in the order in which a file holds them. Every one is checked and decoded; throws JennerError database_corrupt. */
export function* valuesOf(reader: Reader): Generator<Value> {
  for (const item of indexOf(reader).sort((a, b) => compareHashes(a.key, b.key))) yield valueAt(reader, item)
}

/** All detail lines in the order in which a file holds them. Throws JennerError database_corrupt. */
export function* detailLinesOf(reader: Reader): Generator<string> {
  const blocks = new Map<number, number>()
  for (const item of indexOf(reader)) {
    const { kind, payloads } = valueAt(reader, item)
    if (kind !== 'places') continue
    for (const payload of payloads) {
      const place = new ByteReader(payload)
      blocks.set(place.number(), place.number())
    }
  }
  for (const offset of [...blocks.keys()].sort((a, b) => a - b)) {
    const packed = unguarded(reader.section('details', offset, blocks.get(offset) as number), 'details')
    yield* zstdDecompressSync(packed, { maxOutputLength: maxDetailsBlock }).toString('utf8').split('\n')
  }
}

/** All EPSS scores by rising CVE number. Throws JennerError database_corrupt. */
export function* scoresOf(reader: Reader): Generator<Score> {
  for (let number = 0; number < reader.sections.epss.count; number++) {
    const page = reader.page('epss', number).bytes
    for (let i = 0; i < page.readUInt16LE(4); i++) {
      const at = pageHead + i * epssEntry
      yield {
        year: page.readUInt16LE(at),
        number: page.readUInt32LE(at + 2),
        score: page.readUIntLE(at + 6, 3) / million,
        percentile: page.readUIntLE(at + 9, 3) / million,
        date: page.readUInt8(at + 12),
      }
    }
  }
}

interface Item {
  key: Hash
  offset: number
  length: number
}

function indexOf(reader: Reader): Item[] {
  const items: Item[] = []
  for (let number = 0; number < reader.sections.pages.count; number++) {
    const page = reader.page('pages', number).bytes
    for (let i = 0; i < page.readUInt16LE(4); i++) {
      const at = pageHead + i * indexEntry
      items.push({
        key: { low: page.readUInt32LE(at), high: page.readUInt32LE(at + 4) },
        offset: page.readUIntLE(at + 8, 5),
        length: page.readUIntLE(at + 13, 3),
      })
    }
  }
  return items
}

function valueAt(reader: Reader, { key, offset, length }: Item): Value {
  const input = new ByteReader(unguarded(reader.section('values', offset, length), 'value'))
  const payloads: Buffer[] = []
  for (let left = input.number(); left > 0; left--) payloads.push(input.raw(input.number()))
  if (input.position !== input.end) throw corrupt('a value has another length than it says')
  if (payloads.every(isPlace)) return { key, kind: 'places', payloads }
  if (payloads.every(isJson)) return { key, kind: 'json', payloads }
  return { key, kind: 'records', payloads: payloads.map(payload => Buffer.from(recordAlone(reader, payload))) }
}

function recordAlone(reader: Reader, payload: Buffer): Buffer {
  const input = new ByteReader(payload)
  const record = decodeRecord(input, reader.contents.lexicon, reader)
  if (input.position !== input.end) throw corrupt('a record is damaged')
  return encodeAlone(record)
}

/** Three numbers and no more; a record has more. */
function isPlace(payload: Buffer): boolean {
  try {
    const place = new ByteReader(payload)
    for (let i = 0; i < 3; i++) place.number()
    return place.position === place.end
  } catch (error) {
    if (error instanceof JennerError) return false
    throw error
  }
}

function isJson(payload: Buffer): boolean {
  if (payload[0] !== 0x7b) return false
  try {
    return typeof JSON.parse(payload.toString('utf8')) === 'object'
  } catch {
    return false
  }
}
