import { crc32 } from 'node:zlib'
import { JennerError } from '../../../base/errors.ts'
import type { DatabaseInfo } from '../../../base/model/advisory.ts'

/**
 * The advisory file. All numbers are little-endian; every byte that is ever read stands under a CRC32.
 *
 *   header   128 bytes: magic, format, sections (offset 6, length 6, count 4), file length 6, CRC32 of the 124 bytes before it
 *   info     CRC32, JSON of Contents
 *   shared   lists that many records name: CRC32, bytes
 *   details  CRC32, zstd of JSON lines (one AdvisoryDetails a line), about 32 KiB a block
 *   values   CRC32, bytes: what stands under one key
 *   pages    hash index: pages of 4096 bytes (CRC32, count 2, overflow 1, 1 spare, entries of 16 by rising hash: hash 8, offset 5, length 3)
 *   epss     pages of 4096 bytes, sorted (CRC32, count 2, 2 spare, entries of 13: year 2, number 4, score × 10^6 3, percentile × 10^6 3, date 1)
 */
export const magic = 'JENNERDB'
export const formatVersion = 1
export const headerSize = 128
export const pageSize = 4096
export const pageHead = 8
export const indexEntry = 16
export const epssEntry = 13
export const entriesPerPage = Math.floor((pageSize - pageHead) / indexEntry)
export const scoresPerPage = Math.floor((pageSize - pageHead) / epssEntry)

export const sectionNames = ['info', 'shared', 'details', 'values', 'pages', 'epss'] as const
export type SectionName = (typeof sectionNames)[number]
export interface Section {
  offset: number
  length: number
  count: number
}
export type Sections = Record<SectionName, Section>

/** The info section. */
export interface Contents {
  info: DatabaseInfo
  /** Records per canonical ecosystem. */
  ecosystems: Record<string, number>
  lexicon: string[]
  epssDates: string[]
}

export const keys = {
  records: (ecosystem: string, name: string) => `r${ecosystem}\0${name}`,
  groups: (artifact: string) => `g${artifact}`,
  details: (id: string) => `d${id}`,
  kev: (cve: string) => `k${cve}`,
  endOfLife: (product: string, cycle: string) => `o${product}\0${cycle}`,
}

export function encodeHeader(sections: Sections, fileLength: number): Buffer {
  const header = Buffer.alloc(headerSize)
  header.write(magic, 0, 'latin1')
  header.writeUInt32LE(formatVersion, 8)
  header.writeUInt32LE(sectionNames.length, 12)
  sectionNames.forEach((name, i) => {
    const at = 16 + i * 16
    header.writeUIntLE(sections[name].offset, at, 6)
    header.writeUIntLE(sections[name].length, at + 6, 6)
    header.writeUInt32LE(sections[name].count, at + 12)
  })
  header.writeUIntLE(fileLength, 112, 6)
  header.writeUInt32LE(crc32(header.subarray(0, 124)), 124)
  return header
}

/** Throws database_corrupt, naming what is wrong, when the header does not belong to a whole file of this format. */
export function decodeHeader(header: Buffer, fileLength: number): Sections {
  if (header.length < headerSize || header.toString('latin1', 0, 8) !== magic) throw corrupt('not an advisory database')
  if (header.readUInt32LE(124) !== crc32(header.subarray(0, 124))) throw corrupt('header: checksum differs')
  const version = header.readUInt32LE(8)
  if (version !== formatVersion) throw new JennerError('unsupported', `advisory database format ${version}`)
  if (header.readUIntLE(112, 6) !== fileLength) throw corrupt('the file is cut off or has grown')
  const sections = {} as Sections
  sectionNames.forEach((name, i) => {
    const at = 16 + i * 16
    const section = {
      offset: header.readUIntLE(at, 6),
      length: header.readUIntLE(at + 6, 6),
      count: header.readUInt32LE(at + 12),
    }
    if (section.offset + section.length > fileLength) throw corrupt(`section ${name} is outside the file`)
    sections[name] = section
  })
  return sections
}

export function corrupt(detail: string): JennerError {
  return new JennerError('database_corrupt', detail)
}
