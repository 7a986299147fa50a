import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { constants, zstdCompressSync } from 'node:zlib'
import type { Breathe } from '../../../base/breathe.ts'
import { JennerError } from '../../../base/errors.ts'
import type { AdvisoryDetails, AdvisoryRecord } from '../../../base/model/advisory.ts'
import { AppendFile, Buckets, writeAll } from './buckets.ts'
import { ByteWriter, guarded, type Hash, hashKey } from './bytes.ts'
import { type Contents, encodeHeader, headerSize, keys, type Sections, type sectionNames } from './format.ts'
import { buildIndex, buildScores, type IndexItem, type Score } from './pages.ts'
import { decodeAlone, encodeAlone, encodeRecord } from './record.ts'
import { Lexicon } from './strings.ts'
import type { DatabaseAssembler, Heading } from './types.ts'

const detailsBlock = 32 * 1024
const zstdLevel = 9
/** Lists remembered for sharing; beyond it the memory is emptied and later repeats are stored again. */
const maxRemembered = 200_000
/** What a waiting payload is: bytes as they are, or a record that is yet to get its words from the lexicon. */
const raw = 0
const alone = 1

/**
 * Starts a database file at `path` (see `format.ts`). Temporary files stand beside it until `finish` or `abort`.
 * The same parts give the same bytes, in whatever order different keys came: values stand in the order of their hashes, and lexicon and shared lists follow that.
 * Throws JennerError output_unwritable.
 */
export function createAssembler(path: string): DatabaseAssembler {
  try {
    return new Assembler(path)
  } catch (error) {
    throw new JennerError('output_unwritable', path, error)
  }
}

class Assembler implements DatabaseAssembler {
  private readonly path: string
  private readonly temporary: string
  private readonly buckets: Buckets
  private readonly shared: AppendFile
  private readonly packed: AppendFile
  private readonly lexicon = new Lexicon()
  private readonly remembered = new Map<string, { offset: number; length: number }>()
  private readonly seenDetails = new Set<string>()
  private readonly scores = new Map<string, Score>()
  private block: { line: string; ids: string[] }[] = []
  private blockLength = 0

  constructor(path: string) {
    this.path = path
    this.temporary = join(dirname(path), `.${basename(path)}.${process.pid}.${Date.now().toString(36)}`)
    this.shared = new AppendFile(`${this.temporary}.shared`)
    this.packed = new AppendFile(`${this.temporary}.details`)
    this.buckets = new Buckets(`${this.temporary}.bucket`)
  }

  record(key: Hash, record: AdvisoryRecord): void {
    this.buckets.add(key, alone, encodeAlone(record))
  }

  json(key: Hash, text: Buffer): void {
    this.buckets.add(key, raw, text)
  }

  score(score: Score): void {
    this.scores.set(`${score.year} ${score.number}`, score)
  }

  details(details: AdvisoryDetails): void {
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
    const offset = this.packed.append(body)
    this.block.forEach(({ ids }, line) => {
      const place = new ByteWriter()
      for (const number of [offset, body.length, line]) place.number(number)
      for (const id of ids) this.buckets.add(hashKey(keys.details(id)), raw, place.view())
    })
    this.block = []
    this.blockLength = 0
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

  async finish(heading: Heading, breathe: Breathe = () => undefined): Promise<{ bytes: number; records: number }> {
    try {
      return await this.write(heading, breathe)
    } catch (error) {
      rmSync(this.temporary, { force: true })
      if ((error as Error).name === 'AbortError') throw error
      throw error instanceof JennerError ? error : new JennerError('output_unwritable', this.path, error)
    } finally {
      this.abort()
    }
  }

  abort(): void {
    for (const part of [this.buckets, this.shared, this.packed]) {
      try {
        part.remove()
      } catch {
        // already closed
      }
    }
  }

  private async write(heading: Heading, breathe: Breathe): Promise<{ bytes: number; records: number }> {
    this.flushDetails()
    const output = new AppendFile(this.temporary)
    output.append(Buffer.alloc(headerSize))
    const sections = {} as Sections
    const section = async (name: (typeof sectionNames)[number], items: number, fill: () => void | Promise<void>) => {
      const offset = output.length
      await fill()
      await breathe()
      sections[name] = { offset, length: output.length - offset, count: items }
    }
    await section('details', 0, () => copy(this.packed, output))
    const index: IndexItem[] = []
    await section('values', 0, () => this.writeValues(output, index, breathe))
    await section('shared', 0, () => copy(this.shared, output))
    const pages = buildIndex(index)
    await section('pages', pages.length / 4096, () => void output.append(pages))
    const scores = buildScores([...this.scores.values()])
    await section('epss', scores.length / 4096, () => void output.append(scores))
    const contents: Contents = { ...heading, lexicon: this.lexicon.words }
    await section('info', 1, () => void output.append(guarded(Buffer.from(JSON.stringify(contents)))))
    output.flush()
    this.seal(output, encodeHeader(sections, output.length))
    const records = Object.values(heading.ecosystems).reduce((sum, n) => sum + n, 0)
    return { bytes: output.length, records }
  }

  private async writeValues(output: AppendFile, index: IndexItem[], breathe: Breathe): Promise<void> {
    const start = output.length
    const value = new ByteWriter()
    for (const { key, payloads } of this.buckets.groups()) {
      value.clear()
      value.number(payloads.length)
      for (const waiting of payloads) {
        const own = waiting.subarray(1)
        const payload = waiting[0] === alone ? encodeRecord(decodeAlone(own), this.lexicon, this) : own
        value.number(payload.length)
        value.raw(payload)
      }
      const body = guarded(value.view())
      if (body.length >= 2 ** 24) throw new JennerError('limit_exceeded', `${payloads.length} records under one name`)
      index.push({ ...key, offset: output.append(body) - start, length: body.length })
      const pause = breathe()
      if (pause) await pause
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
