import { JennerError } from '../../../base/errors.ts'
import { type AdvisoryRecord, statuses, type VersionInterval } from '../../../base/model/advisory.ts'
import { severities } from '../../../base/model/severity.ts'
import { ByteReader, ByteWriter } from './bytes.ts'
import { readText, type Words, writeText, writeWord } from './strings.ts'

/** Where lists that many records repeat (the CVEs of an erratum, CPEs) are kept once. `share` answers where it put the bytes; undefined: keep them in the record. */
export interface SharedWriter {
  share(bytes: Buffer): { offset: number; length: number } | undefined
}
export interface SharedReader {
  shared(offset: number, length: number): Buffer
}

/** Lists of a record, in file order; the bit of each in the record's flags says whether it is there. */
const lists = ['aliases', 'versions', 'vulnerable', 'patched', 'unaffected', 'arches', 'cpes'] as const
const anyList = 2 ** lists.length - 1
const words = new Set<string>(['arches', 'cpes'])
const flag = { severity: 128, module: 256, note: 512, names: 1024, imports: 2048 }
const naming = ['source', 'binary', 'both'] as const

/** Reused from record to record: a fresh buffer each would cost gigabytes over a build. */
const out = new ByteWriter()
const body = new ByteWriter()

/** A record as bytes: flags, status, id, source, intervals, the lists that are there, severity, module, note, naming, imports. Valid until the next call. */
export function encodeRecord(record: AdvisoryRecord, lexicon: Words, shared: SharedWriter): Buffer {
  out.clear()
  let flags = 0
  lists.forEach((name, bit) => {
    if (record[name] !== undefined && (name !== 'aliases' || record.aliases.length > 0)) flags += 2 ** bit
  })
  const severity = record.severity === undefined ? -1 : severities.indexOf(record.severity)
  if (severity >= 0) flags += flag.severity
  if (record.module !== undefined) flags += flag.module
  if (record.note !== undefined) flags += flag.note
  if (record.names !== undefined) flags += flag.names
  if (record.imports !== undefined) flags += flag.imports
  out.number(flags)
  out.byte(statuses.indexOf(record.status))
  writeText(out, record.id)
  writeWord(out, record.source, lexicon)
  writeIntervals(record.intervals)
  lists.forEach((name, bit) => {
    if (flags & (2 ** bit)) writeList(record[name] ?? [], words.has(name) ? lexicon : undefined, shared)
  })
  if (severity >= 0) out.byte(severity)
  if (record.module !== undefined) writeWord(out, record.module, lexicon)
  if (record.note !== undefined) writeWord(out, record.note, lexicon)
  if (record.names !== undefined) out.byte(naming.indexOf(record.names))
  if (record.imports !== undefined) writeList(record.imports, undefined, shared)
  return out.view()
}

export function decodeRecord(input: ByteReader, lexicon: readonly string[], shared: SharedReader): AdvisoryRecord {
  const flags = input.number()
  const status = pick(statuses, input.byte())
  const id = readText(input, lexicon)
  const source = readText(input, lexicon)
  const record: AdvisoryRecord = { id, source, aliases: [], status, intervals: readIntervals(input) }
  if (flags & anyList)
    for (let bit = 0; bit < lists.length; bit++)
      if (flags & (1 << bit)) record[lists[bit] as (typeof lists)[number]] = readList(input, lexicon, shared)
  if (flags & flag.severity) record.severity = pick(severities, input.byte())
  if (flags & flag.module) record.module = readText(input, lexicon)
  if (flags & flag.note) record.note = readText(input, lexicon)
  if (flags & flag.names) record.names = pick(naming, input.byte())
  if (flags & flag.imports) record.imports = readList(input, lexicon, shared)
  return record
}

/** A record as bytes that refer to nothing outside themselves: what is compared between databases and travels between them. Valid until the next call. */
export const encodeAlone = (record: AdvisoryRecord): Buffer => encodeRecord(record, noWords, nothingShared)

export const decodeAlone = (bytes: Buffer): AdvisoryRecord => decodeRecord(new ByteReader(bytes), [], nothingShared)

const noLexicon: readonly string[] = []
const noWords: Words = { indexOf: () => undefined }
const nothingShared = {
  share: () => undefined,
  shared: () => {
    throw new JennerError('database_corrupt', 'a record refers to a list that is not there')
  },
}

function pick<T>(list: readonly T[], index: number): T {
  const value = list[index]
  if (value === undefined) throw new JennerError('database_corrupt', 'a value is out of range')
  return value
}

/** An interval's flags: 1 introduced '0', 2 introduced, 4 fixed, 8 lastAffected. */
function writeIntervals(intervals: VersionInterval[]): void {
  out.number(intervals.length)
  for (const { introduced, fixed, lastAffected } of intervals) {
    const zero = introduced === '0'
    const has = (value: unknown, bit: number) => (value === undefined ? 0 : bit)
    out.byte((zero ? 1 : has(introduced, 2)) + has(fixed, 4) + has(lastAffected, 8))
    if (introduced !== undefined && !zero) writeText(out, introduced)
    if (fixed !== undefined) writeText(out, fixed)
    if (lastAffected !== undefined) writeText(out, lastAffected)
  }
}

function readIntervals(input: ByteReader): VersionInterval[] {
  const count = input.number()
  const intervals: VersionInterval[] = []
  for (let i = 0; i < count; i++) {
    intervals.push(readInterval(input, input.byte()))
  }
  return intervals
}

function readInterval(input: ByteReader, has: number): VersionInterval {
  // Nearly all are of this kind: made at once they take half the memory.
  if (has === 5) return { introduced: '0', fixed: readText(input, noLexicon) }
  const interval: VersionInterval = {}
  if (has & 1) interval.introduced = '0'
  if (has & 2) interval.introduced = readText(input, noLexicon)
  if (has & 4) interval.fixed = readText(input, noLexicon)
  if (has & 8) interval.lastAffected = readText(input, noLexicon)
  return interval
}

/** `count * 2`, then the texts; or `count * 2 + 1`, offset and length in the shared section. Short lists are cheaper in place. */
function writeList(list: string[], lexicon: Words | undefined, shared: SharedWriter): void {
  body.clear()
  for (const text of list) lexicon ? writeWord(body, text, lexicon) : writeText(body, text)
  const bytes = body.view()
  const place = bytes.length >= 16 ? shared.share(bytes) : undefined
  out.number(list.length * 2 + (place ? 1 : 0))
  if (!place) out.raw(bytes)
  else {
    out.number(place.offset)
    out.number(place.length)
  }
}

function readList(input: ByteReader, lexicon: readonly string[], shared: SharedReader): string[] {
  const head = input.number()
  const from = head % 2 === 1 ? new ByteReader(shared.shared(input.number(), input.number())) : input
  const list: string[] = []
  for (let left = Math.floor(head / 2); left > 0; left--) list.push(readText(from, lexicon))
  return list
}
