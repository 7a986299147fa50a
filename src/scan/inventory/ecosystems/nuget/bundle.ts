import { readExactly } from '../../../../base/byte-source.ts'
import { JennerError } from '../../../../base/errors.ts'
import type { ContentFile, Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { openPrograms } from '../../../../base/program/open.ts'
import type { Program } from '../../../../base/program/program.ts'
import { parseDepsJson } from './deps-json.ts'

/**
 * .NET programs published as a single file: the host keeps the offset of the bundle's header right before a signature (dotnet/runtime,
 * docs/design/features/… "Single-file"; apphost's bundle marker: 8 bytes of offset, then SHA-256 of ".net core bundle"). The header: major and minor version, 4
 * bytes each, number of files, the bundle's id (length, text); from major 2 on offset and size of deps.json, 8 bytes each.
 */
export const dotnetBundle: Extractor = {
  id: 'dotnet-bundle',
  revision: 1,
  stage: 'installed',
  patterns: [{ executable: true, where: ({ size }) => size >= 64 * 1024 }],
  parse: parseBundle,
}

const signature = Buffer.from('8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae', 'hex')
/** Hosts are small; the program's files are appended behind. Static hosts with the runtime in them are larger. */
const maxHost = 128 * 1024 * 1024
const step = 4 * 1024 * 1024
const maxDeps = 32 * 1024 * 1024

function parseBundle(file: ContentFile): FoundPackage[] | undefined {
  if (!openPrograms(file).some(({ program }) => hasMore(program, file.size))) return undefined
  const header = headerOffset(file)
  if (header === undefined || header <= 0 || header + 13 > file.size) return undefined
  const start = readExactly(file, header, Math.min(512, file.size - header))
  if (start.readUInt32LE(0) < 2) return undefined
  const at = 12 + 1 + start.readUInt8(12)
  if (at + 16 > start.length) throw new JennerError('truncated', '.NET bundle header')
  const [offset, size] = [Number(start.readBigInt64LE(at)), Number(start.readBigInt64LE(at + 8))]
  if (size <= 0) return undefined
  if (size > maxDeps) throw new JennerError('limit_exceeded', `.NET bundle: deps.json of ${size} bytes`)
  return parseDepsJson(readExactly(file, offset, size).toString('utf8'))
}

/** Whether the file goes on behind the program: only then can something be bundled, and the search is spared for all others. */
function hasMore({ sections, segments }: Program, size: number): boolean {
  const end = [...sections, ...segments].reduce((last, part) => Math.max(last, part.offset + part.size), 0)
  return size - end > 64 * (sections.length + 16)
}

function headerOffset(file: ContentFile): number | undefined {
  for (let from = 0; from < Math.min(file.size, maxHost); from += step) {
    const begin = Math.max(0, from - 64)
    const bytes = file.read(begin, from + step - begin)
    const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(signature)
    if (at < 0 || begin + at < 8) continue
    const offset = readExactly(file, begin + at - 8, 8).readBigInt64LE(0)
    return offset > 0n && offset < BigInt(file.size) ? Number(offset) : undefined
  }
  return undefined
}
