import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, zstdCompressSync } from 'node:zlib'
import type { Advisories, FeedItem } from '../src/base/model/advisory.ts'
import { buildAdvisories } from '../src/scan/advisories/build.ts'
import { openDatabase } from '../src/scan/advisories/store/reader.ts'
import { createDatabaseWriter } from '../src/scan/advisories/store/writer.ts'
import { measureDay } from './database/day.ts'
import { measureRejudging } from './database/rejudge.ts'

/**
 * `node bench/database.ts`: the advisory file against its bars, on data that it makes itself (400,000 records of 62,900 packages, 60,000 texts).
 * Look-ups a second, opening and first answer, memory while writing, what damaged bytes do,
 * judging stored packages anew, the delta of a made day; with JENNER_CORPUS also building from real feeds.
 */
const keys = 62_900
const perKey = 6.4
const texts = 60_000
const asked = 1_150
const flips = 20_000

export async function runDatabase(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-bench-db-'))
  try {
    const path = join(folder, 'advisories.db')
    await write(path)
    measureOpening(path)
    measureLookups(path)
    measureDamage(path, join(folder, 'damaged.db'))
    measureRejudging(path, keys, generator(3), say)
    await measureDay(path, 'made', say)
    await measureBuild(join(folder, 'corpus.db'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function write(path: string): Promise<void> {
  const writer = createDatabaseWriter(path)
  let peak = 0
  let count = 0
  const before = performance.now()
  for (const item of made()) {
    writer.add(item)
    if (count++ % 20_000 === 0) peak = Math.max(peak, process.memoryUsage.rss())
  }
  const { bytes, records } = await writer.finish({ builtAt: '2026-01-01T00:00:00Z' })
  const spent = (performance.now() - before) / 1000
  peak = Math.max(peak, process.memoryUsage.rss())
  say('write', `${records} records, ${spent.toFixed(1)} s, ${megabytes(bytes)} MB, peak memory ${megabytes(peak)} MB`)
}

/** Real feeds, where they are at hand (JENNER_CORPUS): building time, and size against the inputs' own under `zstd -3`. */
async function measureBuild(path: string): Promise<void> {
  const corpus = process.env.JENNER_CORPUS
  if (!corpus) return say('build', 'not measured: JENNER_CORPUS names no folder of feeds')
  const from = ['advisories', 'distro', 'intel'].map(name => join(corpus, name)).filter(existsSync)
  const before = performance.now()
  const { bytes, records } = await buildAdvisories({ from, to: path })
  const spent = (performance.now() - before) / 1000
  say('build', `${records} records, ${spent.toFixed(1)} s`, spent <= 60)
  const packed = packedSize(from)
  await measureDay(path, 'corpus', say)
  say('size', `${megabytes(bytes)} MB, ${(bytes / packed).toFixed(2)} of the inputs under zstd -3`, bytes < packed)
}

/** Bytes of all files in 4 MB pieces under zstd -3, a lower bound of what an archive of them takes. */
function packedSize(folders: string[]): number {
  let packed = 0
  let waiting: Buffer[] = []
  let length = 0
  const pack = () => {
    packed += zstdCompressSync(Buffer.concat(waiting), { params: { [constants.ZSTD_c_compressionLevel]: 3 } }).length
    waiting = []
    length = 0
  }
  for (const folder of folders)
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      waiting.push(bytes)
      length += bytes.length
      if (length > 4_000_000) pack()
    }
  pack()
  return packed
}

/** The made data: names, versions and ids in the shape of real ones, a few sources' texts. */
function* made(): Generator<FeedItem> {
  const random = generator(1)
  for (let key = 0; key < keys; key++) {
    for (let left = Math.round(random() * 2 * perKey); left > 0; left--) {
      const id = `CVE-20${10 + Math.floor(random() * 16)}-${1000 + Math.floor(random() * 50_000)}`
      const fixed = `${Math.floor(random() * 10)}.${Math.floor(random() * 30)}.${Math.floor(random() * 30)}-${Math.floor(random() * 9)}`
      const record = {
        id,
        source: 'made',
        aliases: random() < 0.3 ? [`DSA-${Math.floor(random() * 6000)}-1`] : [],
        status: 'fixed' as const,
        intervals: [{ introduced: '0', fixed }],
      }
      yield { kind: 'record', ...place(key), record }
    }
  }
  for (let i = 0; i < texts; i++) yield { kind: 'details', details: text(i, random) }
}

const words =
  'a an attacker can allows remote crafted input overflow heap buffer of in the library function parser memory service denial code execution before version via request'.split(
    ' ',
  )

function text(i: number, random: () => number) {
  const description = Array.from({ length: 40 }, () => words[Math.floor(random() * words.length)]).join(' ')
  return {
    id: `CVE-${2010 + (i % 16)}-${1000 + i}`,
    aliases: [],
    title: '',
    description,
    severities: { nvd: 'HIGH' as const },
    cvss: [],
    cwes: ['CWE-79'],
    references: [`https://nvd.nist.gov/vuln/detail/${i}`],
  }
}

function place(key: number): { ecosystem: string; name: string } {
  return { ecosystem: ['Debian:12', 'npm', 'PyPI', 'Red Hat:9'][key % 4] as string, name: `package-${key}` }
}

/** Small and repeatable (mulberry32). */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
}

function measureOpening(path: string): void {
  const times = Array.from({ length: 21 }, (_, i) => {
    const before = performance.now()
    const db = openDatabase(path)
    db.find(place(i * 997).ecosystem, place(i * 997).name)
    const spent = performance.now() - before
    db.close()
    return spent
  })
  say(
    'open + first answer',
    `${(times[0] as number).toFixed(2)} ms the first time, median ${median(times).toFixed(2)} ms`,
    median(times) <= 5,
  )
}

function measureLookups(path: string): void {
  const rates = Array.from({ length: 5 }, (_, round) => {
    const db = openDatabase(path)
    const random = generator(round)
    const wanted = Array.from({ length: 60_000 }, () => place(Math.floor(random() * keys)))
    const before = performance.now()
    for (const { ecosystem, name } of wanted) db.find(ecosystem, name)
    const rate = wanted.length / ((performance.now() - before) / 1000)
    db.close()
    return rate
  })
  say('look-ups', `${Math.round(median(rates)).toLocaleString('en')} a second`, median(rates) >= 200_000)
}

/** Twenty files of a thousand flipped bits each: every answer must be the right one or an error. */
function measureDamage(path: string, damaged: string): void {
  const size = statSync(path).size
  const right = openDatabase(path)
  const random = generator(7)
  const counts = { right: 0, refused: 0, wrong: 0, closed: 0 }
  for (let file = 0; file < 20; file++) {
    copyFileSync(path, damaged)
    flipBits(damaged, size, flips / 20, random)
    let db: Advisories
    try {
      db = openDatabase(damaged)
    } catch {
      counts.closed++
      continue
    }
    for (let i = 0; i < asked; i++) ask(db, right, i, random, counts)
    db.close()
  }
  right.close()
  say(
    'damage',
    `${flips} flipped bits in 20 files: ${counts.right} answers right, ${counts.refused} refused, ${counts.wrong} wrong or missing; ${counts.closed} files not opened`,
    counts.wrong === 0,
  )
}

function ask(
  db: Advisories,
  right: Advisories,
  i: number,
  random: () => number,
  counts: Record<'right' | 'refused' | 'wrong', number>,
): void {
  const { ecosystem, name } = place(Math.floor(random() * keys))
  const id = `CVE-${2010 + (i % 16)}-${1000 + i}`
  const both = (one: Advisories) => JSON.stringify([one.find(ecosystem, name), i % 10 === 0 ? one.details(id) : 0])
  let answer: string
  try {
    answer = both(db)
  } catch {
    counts.refused++
    return
  }
  counts[answer === both(right) ? 'right' : 'wrong']++
}

function flipBits(path: string, size: number, count: number, random: () => number): void {
  const bytes = readFileSync(path)
  const fd = openSync(path, 'r+')
  // The header is left alone: a flip there only closes the file, and tells nothing.
  for (let i = 0; i < count; i++) {
    const at = 128 + Math.floor(random() * (size - 128))
    writeSync(fd, Uint8Array.of((bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))), 0, 1, at)
  }
  closeSync(fd)
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}

function say(what: string, result: string, met?: boolean): void {
  const mark = met === undefined ? '' : met ? ' · bar met' : ' · BAR MISSED'
  console.log(`${what.padEnd(20)} ${result}${mark}`)
}

if (import.meta.main) await runDatabase()
