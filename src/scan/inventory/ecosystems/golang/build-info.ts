import { type ByteSource, readExactly } from '../../../../base/byte-source.ts'
import { JennerError } from '../../../../base/errors.ts'
import { openPrograms } from '../../../../base/program/open.ts'
import { fieldsOf, type Program, readAddress } from '../../../../base/program/program.ts'

/** What the Go linker wrote into a program: the toolchain's version as `go version` prints it, and runtime/debug.BuildInfo's text. */
export interface RawBuildInfo {
  goVersion: string
  /** Lines `path`, `mod`, `dep`, `=>`, `build`, fields by tabs; empty when the program was not built from modules. */
  modules: string
}

/**
 * Finds the build information of a Go program (Go 1.13 and above), reading only headers and the block itself. Undefined when it is no Go program.
 * Layout after Go's debug/buildinfo: at a multiple of 16, `\xff Go buildinf:`, pointer size, flags (1: big endian, 2: strings inline). Inline (Go 1.18
 * and above): from byte 32 the version and then the modules, each a varint length and its bytes. Older: two pointers at byte 16, each to a Go string header.
 */
export function readBuildInfo(source: ByteSource): RawBuildInfo | undefined {
  for (const opened of openPrograms(source)) {
    const at = findBlock(opened.program, opened.source)
    if (at !== undefined) return readBlock(opened.program, opened.source, at)
  }
  return undefined
}

const magic = Buffer.from('\xff Go buildinf:', 'latin1')
const headerSize = 32
const alignment = 16
const sectionNames = new Set(['.go.buildinfo', '__go_buildinfo'])
const chunk = 1024 * 1024
/** Data beyond this is not searched where no section is named. */
const maxSearch = 64 * 1024 * 1024
const maxString = 16 * 1024 * 1024

/** File offset of the block. ELF and Mach-O programs name its section; PE ones, and those whose names were stripped, are searched where data is writable. */
function findBlock(program: Program, source: ByteSource): number | undefined {
  const named = program.sections.find(section => sectionNames.has(section.name))
  if (named !== undefined) return search(source, named.offset, named.size)
  const data = program.segments.find(segment => segment.writable && segment.size > 0)
  return data === undefined ? undefined : search(source, data.offset, data.size)
}

function search(source: ByteSource, start: number, size: number): number | undefined {
  const end = Math.min(start + Math.min(size, maxSearch), source.size)
  for (let from = start; from + headerSize <= end; from += chunk) {
    // One header more, so that one across two chunks is seen; chunks are multiples of the alignment.
    const bytes = readExactly(source, from, Math.min(chunk + headerSize, end - from))
    for (let at = bytes.indexOf(magic); at >= 0; at = bytes.indexOf(magic, at + 1)) {
      if (at % alignment === 0 && at + headerSize <= bytes.length) return from + at
    }
  }
  return undefined
}

function readBlock(program: Program, source: ByteSource, at: number): RawBuildInfo {
  const header = readExactly(source, at, headerSize)
  const pointerSize = header.readUInt8(14)
  const flags = header.readUInt8(15)
  const [goVersion, text] =
    (flags & 2) !== 0
      ? inlineStrings(source, at + headerSize)
      : pointedStrings(program, source, header, pointerSize, (flags & 1) === 0)
  if (goVersion === '') throw new JennerError('malformed', 'Go build information without a version')
  return { goVersion: goVersion.toString(), modules: withoutMarks(text) }
}

function inlineStrings(source: ByteSource, at: number): [string, Buffer] {
  const version = inlineString(source, at)
  const modules = inlineString(source, version.end)
  return [version.bytes.toString('utf8'), modules.bytes]
}

function inlineString(source: ByteSource, at: number): { bytes: Buffer; end: number } {
  const head = readExactly(source, at, Math.min(10, Math.max(0, source.size - at)))
  let length = 0
  for (let index = 0; ; index++) {
    const byte = head.readUInt8(index)
    length += (byte & 0x7f) * 2 ** (7 * index)
    if (byte >= 0x80) continue
    if (length > maxString) throw new JennerError('limit_exceeded', `Go build information of ${length} bytes`)
    const start = at + index + 1
    return { bytes: readExactly(source, start, length), end: start + length }
  }
}

function pointedStrings(
  program: Program,
  source: ByteSource,
  header: Buffer,
  size: number,
  little: boolean,
): [string, Buffer] {
  if (size !== 4 && size !== 8) throw new JennerError('malformed', `pointers of ${size} bytes`)
  const word = (bytes: Buffer, at: number) => {
    const fields = fieldsOf(bytes, little)
    return size === 8 ? fields.u64(at) : fields.u32(at)
  }
  const follow = (at: number): Buffer => {
    const address = word(header, at)
    if (address === 0) return Buffer.alloc(0)
    const text = readAddress(program, source, address, 2 * size)
    if (text === undefined || text.length < 2 * size)
      throw new JennerError('malformed', 'Go build information points nowhere')
    const length = word(text, size)
    if (length > maxString) throw new JennerError('limit_exceeded', `Go build information of ${length} bytes`)
    const bytes = readAddress(program, source, word(text, 0), length)
    if (length > 0 && bytes?.length !== length)
      throw new JennerError('malformed', 'Go build information points nowhere')
    return bytes ?? Buffer.alloc(0)
  }
  return [follow(16).toString('utf8'), follow(16 + size)]
}

/** The module text stands between marks of 16 bytes, by which debuggers find it in memory. */
function withoutMarks(bytes: Buffer): string {
  return bytes.length >= 33 && bytes[bytes.length - 17] === 0x0a ? bytes.toString('utf8', 16, bytes.length - 16) : ''
}
