import { JennerError } from '../../../../base/errors.ts'

/** A package of a bun.lockb. */
export interface BinaryPackage {
  name: string
  /** `''` for all that is not from a registry. */
  version: string
  /** Where it is from, when that is no registry. */
  resolved?: string
  integrity?: string
  /** A folder of the project: the root, a workspace, a link, a `file:` folder. */
  folder: boolean
  needs: { index: number; development: boolean }[]
}

const header = Buffer.from('#!/usr/bin/env bun\nbun-lockfile-format-v0\n')
const maxPackages = 500_000

/**
 * Reads bun.lockb of format 2 (Bun 0.5 to 1.1) and 3 (1.2 on). Little endian, after bun's src/install/lockfile.zig: the header line, u32 format, 32 bytes of a hash,
 * u64 size; then of the packages u64 count, alignment, fields (8), begin, end. They stand in columns, one field of all packages after the other:
 *
 *     name 8, hash 8, resolution 64 (72 in format 3), dependencies 8, resolutions 8, meta 88, bin, scripts
 *
 * Six buffers follow, each after its u64 begin and end: trees, hoisted dependencies, resolutions (u32, a package each), dependencies (26 bytes each),
 * strings elsewhere, text. Throws on anything else.
 */
export function readBinaryLock(bytes: Buffer): BinaryPackage[] {
  try {
    return readPackages(bytes)
  } catch (error) {
    if (error instanceof JennerError) throw error
    throw new JennerError('malformed', 'bun.lockb: a place outside of the file', error)
  }
}

function readPackages(bytes: Buffer): BinaryPackage[] {
  if (!bytes.subarray(0, header.length).equals(header)) throw new JennerError('malformed', 'no bun.lockb')
  const format = bytes.readUInt32LE(header.length)
  if (format !== 2 && format !== 3) throw new JennerError('unsupported', `bun.lockb of format ${format}`)
  const start = header.length + 4 + 32 + 8
  if (u64(bytes, start - 8) > bytes.length) throw new JennerError('truncated', 'bun.lockb ends too early')
  const count = u64(bytes, start)
  if (count > maxPackages) throw new JennerError('limit_exceeded', `${count} packages`)
  const columns = columnsAt(u64(bytes, start + 24), count, format === 3 ? 72 : 64)
  const buffers = buffersAt(bytes, u64(bytes, start + 32))
  let left = buffers.dependencies.length / dependencySize
  return Array.from({ length: count }, (_, index) => {
    const needs = needsOf(bytes, columns, buffers, index)
    left -= needs.length
    if (left < 0) throw new JennerError('malformed', 'bun.lockb: dependencies that overlap')
    return packageOf(bytes, columns, buffers.text, index, needs)
  })
}

interface Columns {
  name: number
  resolution: number
  resolutionSize: number
  dependencies: number
  resolutions: number
  meta: number
}

function columnsAt(begin: number, count: number, resolutionSize: number): Columns {
  const resolution = begin + 16 * count
  const dependencies = resolution + resolutionSize * count
  const resolutions = dependencies + 8 * count
  return { name: begin, resolution, resolutionSize, dependencies, resolutions, meta: resolutions + 8 * count }
}

interface Buffers {
  resolutions: Buffer
  dependencies: Buffer
  text: Buffer
}

function buffersAt(bytes: Buffer, from: number): Buffers {
  const found: Buffer[] = []
  for (let at = from; found.length < 6; ) {
    const [begin, end] = [u64(bytes, at), u64(bytes, at + 8)]
    if (begin < at || end < begin || end > bytes.length) throw new JennerError('truncated', 'bun.lockb ends too early')
    found.push(bytes.subarray(begin, end))
    at = end
  }
  return { resolutions: found[2]!, dependencies: found[3]!, text: found[5]! }
}

const dependencySize = 26
/** Of a dependency's behaviour, at its byte 16. */
const developmentBit = 8

function needsOf(bytes: Buffer, columns: Columns, buffers: Buffers, index: number): BinaryPackage['needs'] {
  const first = bytes.readUInt32LE(columns.dependencies + 8 * index)
  const length = bytes.readUInt32LE(columns.dependencies + 8 * index + 4)
  const resolved = bytes.readUInt32LE(columns.resolutions + 8 * index)
  const needs: BinaryPackage['needs'] = []
  for (let offset = 0; offset < length; offset++) {
    const target = buffers.resolutions.readUInt32LE(4 * (resolved + offset))
    const behaviour = buffers.dependencies.readUInt8(dependencySize * (first + offset) + 16)
    needs.push({ index: target, development: (behaviour & developmentBit) !== 0 })
  }
  return needs
}

const tags = { root: 1, npm: 2, folder: 4, github: 16, gitlab: 24, git: 32, symlink: 64, workspace: 72 }
const folders = new Set([tags.root, tags.folder, tags.symlink, tags.workspace])
const repositories = new Map([
  [tags.github, 'github:'],
  [tags.gitlab, 'gitlab:'],
  [tags.git, 'git+'],
])

function packageOf(
  bytes: Buffer,
  columns: Columns,
  text: Buffer,
  index: number,
  needs: BinaryPackage['needs'],
): BinaryPackage {
  const at = columns.resolution + columns.resolutionSize * index
  const tag = bytes.readUInt8(at)
  const string = (from: number) => readString(bytes, from, text)
  const found = { name: string(columns.name + 8 * index), folder: folders.has(tag), needs }
  const integrity = integrityAt(bytes, columns.meta + 88 * index + 20)
  const hashed = integrity === undefined ? {} : { integrity }
  if (tag === tags.npm)
    return { ...found, ...hashed, version: versionAt(bytes, at + 16, columns.resolutionSize === 72, string) }
  const scheme = repositories.get(tag)
  if (scheme === undefined) return { ...found, ...hashed, version: '', resolved: string(at + 8) }
  const [owner, repository, wanted, commit] = [8, 16, 24, 32].map(offset => string(at + offset))
  const ends = (commit ?? '').split('-').pop() || wanted
  const resolved = `${scheme}${owner ? `${owner}/` : ''}${repository}${ends ? `#${ends}` : ''}`
  return { ...found, ...hashed, version: '', resolved }
}

/** Three numbers (u32, with a gap behind; u64 in format 3), then the texts behind `-` and `+`, each with a hash. */
function versionAt(bytes: Buffer, at: number, wide: boolean, string: (from: number) => string): string {
  const numbers = [0, 1, 2].map(index => (wide ? u64(bytes, at + 8 * index) : bytes.readUInt32LE(at + 4 * index)))
  const behind = at + (wide ? 24 : 16)
  const [pre, build] = [string(behind), string(behind + 16)]
  return `${numbers.join('.')}${pre && `-${pre}`}${build && `+${build}`}`
}

/** Eight bytes: text of up to eight, or (highest bit) offset and length in the text buffer. */
function readString(bytes: Buffer, at: number, text: Buffer): string {
  const inline = bytes.subarray(at, at + 8)
  if (inline.length < 8) throw new RangeError('cut off')
  if ((inline[7]! & 0x80) === 0) {
    const end = inline.indexOf(0)
    return inline.toString('utf8', 0, end < 0 ? 8 : end)
  }
  const offset = inline.readUInt32LE(0)
  const length = inline.readUInt32LE(4) & 0x7fffffff
  if (offset + length > text.length || length > 65_536) throw new RangeError('text outside of the buffer')
  return text.toString('utf8', offset, offset + length)
}

const digests = [undefined, ['sha1', 20], ['sha256', 32], ['sha384', 48], ['sha512', 64]] as const

function integrityAt(bytes: Buffer, at: number): string | undefined {
  const [name, size] = digests[bytes.readUInt8(at)] ?? []
  return name && `${name}-${bytes.toString('base64', at + 1, at + 1 + size)}`
}

function u64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32
}
