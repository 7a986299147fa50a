import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { zstdDecompressSync } from 'node:zlib'
import { JennerError } from '../../../base/errors.ts'
import type {
  Advisories,
  AdvisoryDetails,
  AdvisoryRecord,
  EndOfLife,
  EpssScore,
  KevEntry,
} from '../../../base/model/advisory.ts'
import { canonicalEcosystem } from '../../inventory/distros/names.ts'
import { ByteReader, type Hash, type HashState, hashKey, hashRest, hashStart, unguarded } from './bytes.ts'
import { mergeDetails } from './details.ts'
import {
  type Contents,
  corrupt,
  decodeHeader,
  headerSize,
  keys,
  pageSize,
  type SectionName,
  type Sections,
} from './format.ts'
import { type CheckedPage, checkPage, searchIndex, searchScores } from './pages.ts'
import { decodeRecord } from './record.ts'

const maxPages = 4096
/** About 32 KiB each: whoever judges image after image comes back to most of them. */
const maxBlocks = 512
/** Merged texts kept: one flaw is mostly found in several packages. */
const maxDetails = 4096
const maxShared = 20_000
/** Values are read by blocks of this size, which are kept: a call to the system for each small value would cost more than all the rest. */
const valueBlock = 64 * 1024
const maxValueBlocks = 512
/** Names whose records are kept decoded, from the second question on: the same packages stand in image after image, but most names are asked once, and keeping those would cost the garbage collector as much as all the decoding. */
const maxFound = 8192
const maxDetailsBlock = 64 * 1024 * 1024

/**
 * Opens a database file. The descriptor is kept: a newer file renamed over it does not disturb this reader.
 * Throws database_missing, target_unreadable (not for us) or database_corrupt; later lookups throw database_corrupt when what they read is damaged.
 */
export function openDatabase(path: string): Advisories {
  let fd: number
  try {
    fd = openSync(path, 'r')
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new JennerError(missing ? 'database_missing' : 'target_unreadable', path, error)
  }
  try {
    return new Reader(fd)
  } catch (error) {
    closeSync(fd)
    if (!(error instanceof JennerError)) throw new JennerError('database_corrupt', path, error)
    throw error.detail.includes(path) ? error : new JennerError(error.code, `${path}: ${error.detail}`, error)
  }
}

/** Runs `use` over a database file and closes it. Throws JennerError as `openDatabase` does, and database_corrupt naming the file for what is found damaged on the way. */
export function withReader<T>(path: string, use: (reader: Reader) => T): T {
  const reader = openDatabase(path) as Reader
  try {
    return use(reader)
  } catch (error) {
    if (!(error instanceof JennerError) || error.code !== 'database_corrupt' || error.detail.includes(path)) throw error
    throw new JennerError('database_corrupt', `${path}: ${error.detail}`, error)
  } finally {
    reader.close()
  }
}

/** How the keys of an ecosystem's records begin. */
interface KeyStart {
  beginning: string
  state: HashState
}

const maxStarts = 4096

/** An open file of sections: what `openDatabase` gives and `verifyDatabase` walks. */
export class Reader implements Advisories {
  readonly fd: number
  readonly sections: Sections
  readonly contents: Contents
  private readonly checked = { pages: new Map<number, CheckedPage>(), epss: new Map<number, CheckedPage>() }
  private readonly blocks = new Map<number, string[]>()
  private readonly lists = new Map<number, Buffer>()
  private readonly merged = new Map<string, AdvisoryDetails | undefined>()
  /** Hashes of names that were asked for, each in the one place it may stand in. */
  private readonly asked = new Uint32Array(maxFound)
  private readonly found = new Map<string, AdvisoryRecord[]>()
  private readonly starts = new Map<string, KeyStart>()
  private readonly valueBlocks = new Map<number, Buffer>()

  constructor(fd: number) {
    this.fd = fd
    const size = fstatSync(fd).size
    this.sections = decodeHeader(this.bytes(0, Math.min(headerSize, size)), size)
    this.contents = JSON.parse(
      unguarded(this.section('info', 0, this.sections.info.length), 'info').toString('utf8'),
    ) as Contents
  }

  get info() {
    return this.contents.info
  }

  find(ecosystem: string, name: string): AdvisoryRecord[] {
    const { beginning, state } = this.startOf(ecosystem)
    const hash = hashRest(state, name)
    if (this.asked[hash.low % maxFound] !== hash.high) {
      this.asked[hash.low % maxFound] = hash.high
      return this.decode(hash)
    }
    const key = beginning + name
    const known = this.found.get(key)
    if (known) return known
    const records = this.decode(hash)
    if (this.found.size >= maxFound) this.found.clear()
    this.found.set(key, records)
    return records
  }

  private startOf(ecosystem: string): KeyStart {
    const known = this.starts.get(ecosystem)
    if (known) return known
    const beginning = keys.records(canonicalEcosystem(ecosystem), '')
    const start = { beginning, state: hashStart(beginning) }
    if (this.starts.size >= maxStarts) this.starts.clear()
    this.starts.set(ecosystem, start)
    return start
  }

  groups(artifact: string): string[] {
    return this.payloads(keys.groups(artifact)).map(
      payload => (JSON.parse(payload.toString('utf8')) as { group: string }).group,
    )
  }

  private decode(hash: Hash): AdvisoryRecord[] {
    const input = this.value(hash)
    const records: AdvisoryRecord[] = []
    for (let left = input?.number() ?? 0; input && left > 0; left--) {
      const end = input.number() + input.position
      records.push(decodeRecord(input, this.contents.lexicon, this))
      if (input.position !== end) throw corrupt('a record has another length than it says')
    }
    return records
  }

  covers(ecosystem: string): boolean {
    return Object.hasOwn(this.contents.ecosystems, canonicalEcosystem(ecosystem))
  }

  details(id: string): AdvisoryDetails | undefined {
    if (this.merged.has(id)) return this.merged.get(id)
    const found = this.payloads(keys.details(id)).map(payload => {
      const place = new ByteReader(payload)
      return this.detailsLine(place.number(), place.number(), place.number())
    })
    const details = mergeDetails(id, found)
    if (this.merged.size >= maxDetails) this.merged.clear()
    this.merged.set(id, details)
    return details
  }

  kev(cve: string): KevEntry | undefined {
    const payload = this.payloads(keys.kev(cve))[0]
    return payload && (JSON.parse(payload.toString('utf8')) as KevEntry)
  }

  epss(cve: string): EpssScore | undefined {
    const match = /^CVE-(\d{4})-(\d{4,9})$/.exec(cve)
    if (!match) return undefined
    const wanted = { year: Number(match[1]), number: Number(match[2]) }
    return searchScores(
      wanted,
      this.sections.epss.count,
      this.contents.epssDates,
      page => this.page('epss', page).bytes,
    )
  }

  endOfLife(product: string, cycle: string): EndOfLife | undefined {
    const payload = this.payloads(keys.endOfLife(product, cycle))[0]
    return payload && (JSON.parse(payload.toString('utf8')) as EndOfLife)
  }

  close(): void {
    closeSync(this.fd)
  }

  /** What stands under a key: empty when nothing does. */
  payloads(key: string): Buffer[] {
    const input = this.value(hashKey(key))
    const payloads: Buffer[] = []
    for (let left = input?.number() ?? 0; input && left > 0; left--) payloads.push(input.raw(input.number()))
    return payloads
  }

  private value(hash: Hash): ByteReader | undefined {
    const place = searchIndex(hash, this.sections.pages.count, page => this.page('pages', page))
    return place && new ByteReader(unguarded(this.valueBytes(place.offset, place.length), 'value'))
  }

  shared(offset: number, length: number): Buffer {
    const known = this.lists.get(offset)
    if (known) return known
    const body = unguarded(this.section('shared', offset, length), 'list')
    if (this.lists.size >= maxShared) this.lists.clear()
    this.lists.set(offset, body)
    return body
  }

  page(section: 'pages' | 'epss', number: number): CheckedPage {
    const checked = this.checked[section]
    const known = checked.get(number)
    if (known) return known
    const page = checkPage(this.section(section, number * pageSize, pageSize), number, section)
    if (checked.size >= maxPages) checked.clear()
    checked.set(number, page)
    return page
  }

  private detailsLine(offset: number, length: number, line: number): AdvisoryDetails {
    let lines = this.blocks.get(offset)
    if (!lines) {
      const packed = unguarded(this.section('details', offset, length), 'details')
      lines = zstdDecompressSync(packed, { maxOutputLength: maxDetailsBlock, chunkSize: valueBlock })
        .toString('utf8')
        .split('\n')
      if (this.blocks.size >= maxBlocks) this.blocks.delete(this.blocks.keys().next().value as number)
      this.blocks.set(offset, lines)
    }
    const text = lines[line]
    if (text === undefined) throw corrupt('details: a line is missing')
    return JSON.parse(text) as AdvisoryDetails
  }

  private valueBytes(offset: number, length: number): Buffer {
    const number = Math.floor(offset / valueBlock)
    const start = number * valueBlock
    const end = Math.min(start + valueBlock, this.sections.values.length)
    if (offset + length > end) return this.section('values', offset, length)
    let block = this.valueBlocks.get(number)
    if (!block) {
      if (this.valueBlocks.size >= maxValueBlocks) this.valueBlocks.clear()
      block = this.section('values', start, end - start)
      this.valueBlocks.set(number, block)
    }
    return block.subarray(offset - start, offset - start + length)
  }

  section(name: SectionName, offset: number, length: number): Buffer {
    const { offset: start, length: size } = this.sections[name]
    if (offset + length > size) throw corrupt(`${name}: a place outside the section`)
    return this.bytes(start + offset, length)
  }

  private bytes(offset: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(length)
    for (let at = 0; at < length; ) {
      const got = readSync(this.fd, buffer, at, length - at, offset + at)
      if (got === 0) throw corrupt('the file is cut off')
      at += got
    }
    return buffer
  }
}
