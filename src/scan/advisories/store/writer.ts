import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { constants, zstdCompressSync } from 'node:zlib'
import { JennerError } from '../../../base/errors.ts'
import type { AdvisoryDetails, AdvisoryRecord, EpssScore, FeedItem } from '../../../base/model/advisory.ts'
import { canonicalEcosystem } from '../../inventory/distros/names.ts'
import { AppendFile, Buckets, writeAll } from './buckets.ts'
import { ByteWriter, guarded, hashKey } from './bytes.ts'
import { type Contents, encodeHeader, headerSize, keys, type Sections, type sectionNames } from './format.ts'
import { buildIndex, buildScores, type IndexItem, type Score } from './pages.ts'
import { encodeRecord } from './record.ts'
import { Lexicon } from './strings.ts'
import type { DatabaseWriter, FinishInfo } from './types.ts'

export type { DatabaseWriter, FinishInfo } from './types.ts'

const detailsBlock = 32 * 1024
const zstdLevel = 9
/** Lists remembered for sharing; beyond it the memory is emptied and later repeats are stored again. */
const maxRemembered = 200_000

/** Starts a database file at `path` (see `format.ts`). Temporary files stand beside it until `finish` or `abort`. */
export function createDatabaseWriter(path: string): DatabaseWriter {
  try {
    return new Writer(path)
  } catch (error) {
    throw new JennerError('output_unwritable', path, error)
  }
}

class Writer implements DatabaseWriter {
  private readonly path: string
  private readonly temporary: string
  private readonly buckets: Buckets
  private readonly shared: AppendFile
  private readonly details: AppendFile
  private readonly lexicon = new Lexicon()
  private readonly remembered = new Map<string, { offset: number; length: number }>()
  private readonly seenDetails = new Set<string>()
  private readonly scores = new Map<string, Score>()
  private readonly dates: string[] = []
  private readonly sources = new Map<string, number>()
  private readonly ecosystems = new Map<string, number>()
  private block: { line: string; ids: string[] }[] = []
  private blockLength = 0

  constructor(path: string) {
    this.path = path
    this.temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${Date.now().toString(36)}`)
    this.shared = new AppendFile(`${this.temporary}.shared`)
    this.details = new AppendFile(`${this.temporary}.details`)
    this.buckets = new Buckets(`${this.temporary}.bucket`)
  }

  add(item: FeedItem): void {
    if (item.kind === 'record') this.addRecord(item.ecosystem, item.name, item.record)
    else if (item.kind === 'details') this.addDetails(item.details)
    else if (item.kind === 'kev') this.addJson(keys.kev(item.cve), item.entry, 'kev')
    else if (item.kind === 'eol')
      this.addJson(keys.endOfLife(item.entry.product, item.entry.cycle), item.entry, 'endoflife')
    else if (item.kind === 'epss') this.addScore(item.cve, item.entry)
  }

  private addRecord(ecosystem: string, name: string, record: AdvisoryRecord): void {
    const canonical = canonicalEcosystem(ecosystem)
    this.buckets.add(keys.records(canonical, name), encodeRecord(record, this.lexicon, this))
    count(this.sources, record.source)
    count(this.ecosystems, canonical)
  }

  private addJson(key: string, entry: unknown, source: string): void {
    count(this.sources, source)
    this.buckets.add(key, Buffer.from(JSON.stringify(entry)))
  }

  share(bytes: Buffer): { offset: number; length: number } | undefined {
    const text = bytes.toString('latin1')
    const known = this.remembered.get(text)
    if (known) return known
    if (this.remembered.size >= maxRemembered) this.remembered.clear()
    const body = guarded(bytes)
    const place = { offset: this.shared.append(body), length: body.length }
    this.remembered.set(text, place)
    return place
  }

  private addDetails(details: AdvisoryDetails): void {
    const line = JSON.stringify(details)
    const hash = hashKey(line)
    const seen = `${hash.low}:${hash.high}:${line.length}`
    if (this.seenDetails.has(seen)) return
    this.seenDetails.add(seen)
    this.block.push({ line, ids: [...new Set([details.id, ...details.aliases])] })
    this.blockLength += line.length
    if (this.blockLength >= detailsBlock) this.flushDetails()
  }

  private flushDetails(): void {
    if (this.block.length === 0) return
    const text = Buffer.from(this.block.map(entry => entry.line).join('\n'))
    const body = guarded(zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: zstdLevel } }))
    const offset = this.details.append(body)
    this.block.forEach(({ ids }, line) => {
      const place = new ByteWriter()
      for (const number of [offset, body.length, line]) place.number(number)
      for (const id of ids) this.buckets.add(keys.details(id), place.bytes())
    })
    this.block = []
    this.blockLength = 0
  }

  private addScore(cve: string, entry: EpssScore): void {
    const match = /^CVE-(\d{4})-(\d{4,9})$/.exec(cve)
    if (!match) return
    let date = this.dates.indexOf(entry.date)
    if (date < 0) date = this.dates.length < 256 ? this.dates.push(entry.date) - 1 : 255
    this.scores.set(cve, {
      year: Number(match[1]),
      number: Number(match[2]),
      score: entry.score,
      percentile: entry.percentile,
      date,
    })
  }

  async finish(info: FinishInfo = {}): Promise<{ bytes: number; records: number }> {
    try {
      return this.write(info)
    } catch (error) {
      rmSync(this.temporary, { force: true })
      throw error instanceof JennerError ? error : new JennerError('output_unwritable', this.path, error)
    } finally {
      this.abort()
    }
  }

  abort(): void {
    for (const part of [this.buckets, this.shared, this.details]) {
      try {
        part.remove()
      } catch {
        // already closed
      }
    }
  }

  private write(info: FinishInfo): { bytes: number; records: number } {
    this.flushDetails()
    const output = new AppendFile(this.temporary)
    output.append(Buffer.alloc(headerSize))
    const sections = {} as Sections
    const section = (name: (typeof sectionNames)[number], items: number, fill: () => void) => {
      const offset = output.length
      fill()
      sections[name] = { offset, length: output.length - offset, count: items }
    }
    section('info', 1, () => void output.append(guarded(Buffer.from(JSON.stringify(this.contents(info))))))
    section('shared', 0, () => copy(this.shared, output))
    section('details', 0, () => copy(this.details, output))
    const index: IndexItem[] = []
    section('values', 0, () => this.writeValues(output, index))
    const pages = buildIndex(index)
    section('pages', pages.length / 4096, () => void output.append(pages))
    const scores = buildScores([...this.scores.values()])
    section('epss', scores.length / 4096, () => void output.append(scores))
    output.flush()
    this.seal(output, encodeHeader(sections, output.length))
    const records = [...this.ecosystems.values()].reduce((sum, n) => sum + n, 0)
    return { bytes: output.length, records }
  }

  private writeValues(output: AppendFile, index: IndexItem[]): void {
    const start = output.length
    const value = new ByteWriter()
    for (const { key, payloads } of this.buckets.groups()) {
      value.clear()
      value.number(payloads.length)
      for (const payload of payloads) {
        value.number(payload.length)
        value.raw(payload)
      }
      const body = guarded(value.view())
      if (body.length >= 2 ** 24) throw new JennerError('limit_exceeded', `${payloads.length} records under one name`)
      index.push({ ...hashKey(key), offset: output.append(body) - start, length: body.length })
    }
  }

  private contents(info: FinishInfo): Contents {
    if (this.scores.size > 0) this.sources.set('epss', this.scores.size)
    const builtAt = info.builtAt ?? new Date().toISOString()
    const sources = [...this.sources]
      .sort()
      .map(([id, records]) => ({ id, records, updatedAt: info.updatedAt?.[id] ?? builtAt }))
    return {
      info: { builtAt, sources, starter: info.starter ?? false },
      ecosystems: Object.fromEntries([...this.ecosystems].sort()),
      lexicon: this.lexicon.words,
      epssDates: this.dates,
    }
  }

  /** Header, sync, rename, sync of the folder: the file is whole or not there. */
  private seal(output: AppendFile, header: Buffer): void {
    const fd = openSync(this.temporary, 'r+')
    writeAll(fd, header)
    fsyncSync(fd)
    closeSync(fd)
    closeSync(output.fd)
    renameSync(this.temporary, this.path)
    const folder = openSync(dirname(this.path), 'r')
    fsyncSync(folder)
    closeSync(folder)
  }
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}

function copy(from: AppendFile, to: AppendFile): void {
  from.flush()
  for (let at = 0; at < from.length; ) {
    const buffer = Buffer.allocUnsafe(Math.min(1024 * 1024, from.length - at))
    const got = readSync(from.fd, buffer, 0, buffer.length, at)
    if (got === 0) throw new JennerError('output_unwritable', 'a temporary file was cut off')
    to.append(buffer.subarray(0, got))
    at += got
  }
}
