import { crc32 } from 'node:zlib'
import type { EpssScore } from '../../../base/model/advisory.ts'
import { corrupt, entriesPerPage, epssEntry, indexEntry, pageHead, pageSize, scoresPerPage } from './format.ts'

/** Where a value stands, relative to the values section. */
export interface Place {
  offset: number
  length: number
}

export interface IndexItem extends Place {
  low: number
  high: number
}

/** Share of a page that is filled on average: room for uneven hashes before a page overflows into the next. */
const load = 0.75

/** The hash index: an item goes to page `low % pages`, or on to the next one with room; a page that was passed over says so. */
export function buildIndex(items: IndexItem[]): Buffer {
  const count = Math.max(1, Math.ceil(items.length / (entriesPerPage * load)))
  const pages: IndexItem[][] = Array.from({ length: count }, () => [])
  const passed = new Set<number>()
  for (const item of items) {
    let page = item.low % count
    while ((pages[page]?.length ?? 0) >= entriesPerPage) {
      passed.add(page)
      page = (page + 1) % count
    }
    pages[page]?.push(item)
  }
  const out = Buffer.alloc(count * pageSize)
  pages.forEach((entries, number) => {
    const page = out.subarray(number * pageSize, (number + 1) * pageSize)
    page.writeUInt16LE(entries.length, 4)
    page[6] = passed.has(number) ? 1 : 0
    entries.sort((a, b) => a.low - b.low || a.high - b.high)
    entries.forEach((item, i) => {
      const at = pageHead + i * indexEntry
      page.writeUInt32LE(item.low, at)
      page.writeUInt32LE(item.high, at + 4)
      page.writeUIntLE(item.offset, at + 8, 5)
      page.writeUIntLE(item.length, at + 13, 3)
    })
    page.writeUInt32LE(crc32(page.subarray(4)), 0)
  })
  return out
}

/** Finds a key's place; `readPage` gives a checked page. */
export function searchIndex(
  hash: { low: number; high: number },
  count: number,
  readPage: (page: number) => CheckedPage,
): Place | undefined {
  for (let step = 0, number = hash.low % count; step < count; step++, number = (number + 1) % count) {
    const { bytes, view } = readPage(number)
    for (let low = 0, high = view.getUint16(4, true) - 1; low <= high; ) {
      const middle = (low + high) >> 1
      const at = pageHead + middle * indexEntry
      const order = view.getUint32(at, true) - hash.low || view.getUint32(at + 4, true) - hash.high
      if (order === 0) return { offset: bytes.readUIntLE(at + 8, 5), length: bytes.readUIntLE(at + 13, 3) }
      if (order > 0) high = middle - 1
      else low = middle + 1
    }
    if (view.getUint8(6) !== 1) return undefined
  }
  return undefined
}

/** A page and what reads numbers from it without a call. */
export interface CheckedPage {
  bytes: Buffer
  view: DataView
}

/** Throws database_corrupt unless the page's checksum is right. `number` is part of nothing but the message. */
export function checkPage(bytes: Buffer, number: number, what: string): CheckedPage {
  if (bytes.length !== pageSize || bytes.readUInt32LE(0) !== crc32(bytes.subarray(4)))
    throw corrupt(`${what} page ${number}: checksum differs`)
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) }
}

export interface Score {
  year: number
  number: number
  score: number
  percentile: number
  date: number
}

const million = 1_000_000

export function buildScores(scores: Score[]): Buffer {
  const sorted = [...scores].sort((a, b) => a.year - b.year || a.number - b.number)
  const count = Math.ceil(sorted.length / scoresPerPage)
  const out = Buffer.alloc(count * pageSize)
  for (let number = 0; number < count; number++) {
    const page = out.subarray(number * pageSize, (number + 1) * pageSize)
    const entries = sorted.slice(number * scoresPerPage, (number + 1) * scoresPerPage)
    page.writeUInt16LE(entries.length, 4)
    entries.forEach((entry, i) => {
      const at = pageHead + i * epssEntry
      page.writeUInt16LE(entry.year, at)
      page.writeUInt32LE(entry.number, at + 2)
      page.writeUIntLE(Math.round(entry.score * million), at + 6, 3)
      page.writeUIntLE(Math.round(entry.percentile * million), at + 9, 3)
      page[at + 12] = entry.date
    })
    page.writeUInt32LE(crc32(page.subarray(4)), 0)
  }
  return out
}

/** Binary search over the sorted pages. */
export function searchScores(
  cve: { year: number; number: number },
  count: number,
  dates: string[],
  readPage: (page: number) => Buffer,
): EpssScore | undefined {
  for (let low = 0, high = count - 1; low <= high; ) {
    const middle = (low + high) >> 1
    const page = readPage(middle)
    const last = page.readUInt16LE(4) - 1
    if (compareAt(page, 0, cve) > 0) high = middle - 1
    else if (compareAt(page, last, cve) < 0) low = middle + 1
    else return scoreIn(page, last, cve, dates)
  }
  return undefined
}

function scoreIn(
  page: Buffer,
  last: number,
  cve: { year: number; number: number },
  dates: string[],
): EpssScore | undefined {
  for (let low = 0, high = last; low <= high; ) {
    const middle = (low + high) >> 1
    const order = compareAt(page, middle, cve)
    if (order > 0) high = middle - 1
    else if (order < 0) low = middle + 1
    else {
      const at = pageHead + middle * epssEntry
      const read = (offset: number) => page.readUIntLE(at + offset, 3) / million
      return { score: read(6), percentile: read(9), date: dates[page[at + 12] ?? 0] ?? '' }
    }
  }
  return undefined
}

function compareAt(page: Buffer, index: number, cve: { year: number; number: number }): number {
  const at = pageHead + index * epssEntry
  return page.readUInt16LE(at) - cve.year || page.readUInt32LE(at + 2) - cve.number
}
