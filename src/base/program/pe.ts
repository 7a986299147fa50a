import { type ByteSource, readExactly } from '../byte-source.ts'
import { JennerError } from '../errors.ts'
import { cString, fieldsOf, type Program } from './program.ts'

/** Maps a PE file (Microsoft's "PE Format"): DOS stub, COFF header, optional header, section table. Addresses include the image base. */
export function openPe(source: ByteSource): Program {
  const stub = fieldsOf(readExactly(source, 0, 64), true)
  const start = stub.u32(60)
  const coff = fieldsOf(readExactly(source, start, 24), true)
  if (coff.u32(0) !== 0x00004550) throw new JennerError('malformed', 'no PE signature')
  const count = coff.u16(6)
  const optionalSize = coff.u16(20)
  const optional = fieldsOf(readExactly(source, start + 24, optionalSize), true)
  const wide = optionalSize >= 32 && optional.u16(0) === 0x20b
  const base = optionalSize < 32 ? 0 : wide ? optional.u64(24) : optional.u32(28)
  const table = fieldsOf(readExactly(source, start + 24 + optionalSize, count * 40), true)
  const sections = Array.from({ length: count }, (_, index) => {
    const at = index * 40
    const flags = table.u32(at + 36)
    return {
      name: cString(table.bytes, at, 8),
      address: base + table.u32(at + 12),
      offset: table.u32(at + 20),
      size: table.u32(at + 16),
      writable: (flags & 0x80000000) !== 0,
      executable: (flags & 0x20000000) !== 0,
    }
  })
  return { format: 'pe', little: true, bits: wide ? 64 : 32, sections, segments: sections }
}
