import { type ByteSource, readExactly } from '../byte-source.ts'
import { JennerError } from '../errors.ts'
import { cString, type Fields, fieldsOf, type Program, type Section, type Segment } from './program.ts'

/** Maps a thin Mach-O file (Apple's mach-o/loader.h): header, then load commands, of which `LC_SEGMENT` and `LC_SEGMENT_64` count. */
export function openMachO(source: ByteSource): Program {
  const magic = readExactly(source, 0, 4)
  const little = magic[0] === 0xce || magic[0] === 0xcf
  const wide = fieldsOf(magic, little).u32(0) === 0xfeedfacf
  const headerSize = wide ? 32 : 28
  const header = fieldsOf(readExactly(source, 0, headerSize), little)
  const count = header.u32(16)
  const size = header.u32(20)
  if (count > maxCommands || size > maxBytes)
    throw new JennerError('limit_exceeded', `${count} load commands of ${size} bytes`)
  const commands = fieldsOf(readExactly(source, headerSize, size), little)
  const program: Program = { format: 'macho', little, bits: wide ? 64 : 32, sections: [], segments: [] }
  for (let index = 0, at = 0; index < count; index++) {
    const length = commands.u32(at + 4)
    if (length < 8) throw new JennerError('malformed', `load command ${index} of ${length} bytes`)
    const command = commands.u32(at)
    if (command === 0x19 || command === 0x1) readSegment(program, commands, at, length, command === 0x19)
    at += length
  }
  return program
}

const maxCommands = 10_000
const maxBytes = 16 * 1024 * 1024

function readSegment(program: Program, commands: Fields, at: number, length: number, wide: boolean): void {
  const protection = commands.u32(at + (wide ? 60 : 44))
  const segment: Segment = {
    address: wide ? commands.u64(at + 24) : commands.u32(at + 24),
    offset: wide ? commands.u64(at + 40) : commands.u32(at + 32),
    size: wide ? commands.u64(at + 48) : commands.u32(at + 36),
    writable: (protection & 2) !== 0,
    executable: (protection & 4) !== 0,
  }
  program.segments.push(segment)
  const count = commands.u32(at + (wide ? 64 : 48))
  const step = wide ? 80 : 68
  const first = wide ? 72 : 56
  if (first + count * step > length) throw new JennerError('malformed', `${count} sections in ${length} bytes`)
  for (let index = 0, start = at + first; index < count; index++, start += step) {
    program.sections.push(readSection(commands, start, wide))
  }
}

function readSection(commands: Fields, at: number, wide: boolean): Section {
  return {
    name: cString(commands.bytes, at, 16),
    address: wide ? commands.u64(at + 32) : commands.u32(at + 32),
    size: wide ? commands.u64(at + 40) : commands.u32(at + 36),
    offset: commands.u32(at + (wide ? 48 : 40)),
  }
}
