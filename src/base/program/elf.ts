import { type ByteSource, readExactly } from '../byte-source.ts'
import { JennerError } from '../errors.ts'
import { cString, type Fields, fieldsOf, type Program, type Section, type Segment } from './program.ts'

/**
 * Maps an ELF file after elf(5): file header, section headers with their names, `PT_LOAD` program headers. A program runs without section headers,
 * so ones that cannot be read count as none.
 */
export function openElf(source: ByteSource): Program {
  const start = readExactly(source, 0, Math.min(64, source.size))
  if (start.length < 52) throw new JennerError('truncated', 'ELF header')
  const wide = start.readUInt8(4) === 2
  const little = start.readUInt8(5) !== 2
  const header = fieldsOf(start, little)
  return {
    format: 'elf',
    little,
    bits: wide ? 64 : 32,
    sections: ifReadable(() => sectionsOf(source, header, wide, little)),
    segments: segmentsOf(source, header, wide, little),
  }
}

function ifReadable(read: () => Section[]): Section[] {
  try {
    return read()
  } catch {
    return []
  }
}

const maxHeaders = 65_536
const noBits = 8
const load = 1

function sectionsOf(source: ByteSource, header: Fields, wide: boolean, little: boolean): Section[] {
  const offset = wide ? header.u64(40) : header.u32(32)
  const entry = header.u16(wide ? 58 : 46)
  if (offset === 0) return []
  const first = table(source, offset, 1, entry, wide ? 64 : 40, little)
  // With 0xff00 sections and more, the first section's fields hold the number and the index of the names.
  const count = header.u16(wide ? 60 : 48) || (wide ? first.u64(32) : first.u32(20))
  const stated = header.u16(wide ? 62 : 50)
  const namesIndex = stated === 0xffff ? first.u32(wide ? 40 : 24) : stated
  if (count > maxHeaders) throw new JennerError('limit_exceeded', `${count} ELF sections`)
  const headers = table(source, offset, count, entry, wide ? 64 : 40, little)
  const raw = Array.from({ length: count }, (_, index) => rawSection(headers, index * entry, wide))
  const names = raw[namesIndex]
  const text = names === undefined ? Buffer.alloc(0) : readExactly(source, names.offset, Math.min(names.size, maxNames))
  return raw
    .filter(section => section.type !== noBits && section.size > 0)
    .map(({ name, address, offset, size }) => ({ name: cString(text, name, 256), address, offset, size }))
}

const maxNames = 4 * 1024 * 1024

function rawSection(headers: Fields, at: number, wide: boolean) {
  const name = headers.u32(at)
  const type = headers.u32(at + 4)
  return wide
    ? { name, type, address: headers.u64(at + 16), offset: headers.u64(at + 24), size: headers.u64(at + 32) }
    : { name, type, address: headers.u32(at + 12), offset: headers.u32(at + 16), size: headers.u32(at + 20) }
}

function segmentsOf(source: ByteSource, header: Fields, wide: boolean, little: boolean): Segment[] {
  const offset = wide ? header.u64(32) : header.u32(28)
  const entry = header.u16(wide ? 54 : 42)
  const count = header.u16(wide ? 56 : 44)
  if (offset === 0 || count === 0) return []
  const headers = table(source, offset, count, entry, wide ? 56 : 32, little)
  const segments: Segment[] = []
  for (let at = 0; at < count * entry; at += entry) {
    if (headers.u32(at) !== load) continue
    const flags = headers.u32(at + (wide ? 4 : 24))
    segments.push({
      offset: wide ? headers.u64(at + 8) : headers.u32(at + 4),
      address: wide ? headers.u64(at + 16) : headers.u32(at + 8),
      size: wide ? headers.u64(at + 32) : headers.u32(at + 16),
      writable: (flags & 2) !== 0,
      executable: (flags & 1) !== 0,
    })
  }
  return segments
}

function table(source: ByteSource, offset: number, count: number, entry: number, least: number, little: boolean) {
  if (entry < least) throw new JennerError('malformed', `ELF table entries of ${entry} bytes`)
  return fieldsOf(readExactly(source, offset, count * entry), little)
}
