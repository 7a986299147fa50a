import { type ByteSource, readExactly } from '../byte-source.ts'

/** A named part of a program file. `address` is virtual, `offset` and `size` are of the file. */
export interface Section {
  name: string
  address: number
  offset: number
  size: number
}

/** What is loaded where: for programs without section names, and to follow pointers. */
export interface Segment {
  address: number
  offset: number
  size: number
  writable: boolean
  executable: boolean
}

/** The map of an ELF, PE or Mach-O program. */
export interface Program {
  format: 'elf' | 'pe' | 'macho'
  little: boolean
  bits: 32 | 64
  sections: Section[]
  segments: Segment[]
}

/** Integers of a header in its byte order and word size. Reads beyond its end throw RangeError. */
export interface Fields {
  u16(offset: number): number
  u32(offset: number): number
  /** 8 bytes. A value above 2^53 comes back as Infinity, which no bounds check passes. */
  u64(offset: number): number
  length: number
  bytes: Buffer
}

export function fieldsOf(bytes: Buffer, little: boolean): Fields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return {
    bytes,
    length: bytes.length,
    u16: offset => view.getUint16(offset, little),
    u32: offset => view.getUint32(offset, little),
    u64: offset => {
      const value = view.getBigUint64(offset, little)
      return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.POSITIVE_INFINITY : Number(value)
    },
  }
}

/** Up to the first NUL, at most `length` bytes. */
export function cString(bytes: Buffer, offset: number, length = bytes.length): string {
  const end = Math.min(bytes.length, offset + length)
  const nul = bytes.indexOf(0, offset)
  return bytes.toString('latin1', offset, nul < 0 || nul > end ? end : nul)
}

/** The file's bytes behind a virtual address, as many of `length` as its segment has. Undefined when none holds it. */
export function readAddress(program: Program, source: ByteSource, address: number, length: number): Buffer | undefined {
  const segment = program.segments.find(item => address >= item.address && address < item.address + item.size)
  if (segment === undefined) return undefined
  const inside = address - segment.address
  const start = segment.offset + inside
  const size = Math.min(length, segment.size - inside, source.size - start)
  return size <= 0 ? undefined : readExactly(source, start, size)
}
