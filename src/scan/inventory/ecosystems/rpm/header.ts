import { JennerError } from '../../../../base/errors.ts'

/** What Jenner reads of an RPM header. Strings are as stored; absent tags are undefined or empty. */
export interface RpmHeader {
  name: string
  version: string
  release: string
  epoch?: number
  arch?: string
  sourceRpm?: string
  vendor?: string
  license?: string
  /** `name:stream:version:context`. */
  module?: string
  installTime?: number
  requires: string[]
  provides: string[]
  /** Paths, without the leading slash. */
  files: string[]
}

/**
 * One header as a package database stores it (rpm's docs/manual/format.md, "Header Structure", without its magic), big endian:
 * number of entries, bytes of data, entries of `tag type offset count`, data. Throws `malformed` when it lies about its sizes.
 */
export function parseHeader(blob: Buffer): RpmHeader {
  const tags = readIndex(blob)
  const name = string(tags, 1000)
  const version = string(tags, 1001)
  const release = string(tags, 1002)
  if (name === undefined || version === undefined || release === undefined)
    throw new JennerError('malformed', 'header without a name, version or release')
  return {
    name,
    version,
    release,
    ...optional('epoch', integers(tags, 1003)[0]),
    ...optional('arch', string(tags, 1022)),
    ...optional('sourceRpm', string(tags, 1044)),
    ...optional('vendor', string(tags, 1011)),
    ...optional('license', string(tags, 1014)),
    ...optional('module', string(tags, 5096)),
    ...optional('installTime', integers(tags, 1008)[0]),
    requires: strings(tags, 1049),
    provides: strings(tags, 1047),
    files: filesOf(tags),
  }
}

interface Tags {
  data: Buffer
  entries: Map<number, { type: number; offset: number; count: number }>
}

const types = { int32: 4, string: 6, stringArray: 8, i18nString: 9 }
const maxEntries = 65_536

function readIndex(blob: Buffer): Tags {
  if (blob.length < 8) throw new JennerError('malformed', `header of ${blob.length} bytes`)
  const count = blob.readUInt32BE(0)
  const size = blob.readUInt32BE(4)
  const start = 8 + count * 16
  if (count > maxEntries || start + size > blob.length) {
    throw new JennerError('malformed', `header of ${count} entries and ${size} bytes in ${blob.length}`)
  }
  const entries: Tags['entries'] = new Map()
  for (let at = 8; at < start; at += 16) {
    const entry = {
      type: blob.readUInt32BE(at + 4),
      offset: blob.readUInt32BE(at + 8),
      count: blob.readUInt32BE(at + 12),
    }
    entries.set(blob.readUInt32BE(at), entry)
  }
  return { data: blob.subarray(start, start + size), entries }
}

function string(tags: Tags, tag: number): string | undefined {
  const entry = tags.entries.get(tag)
  if (entry === undefined || ![types.string, types.stringArray, types.i18nString].includes(entry.type)) return undefined
  const value = readStrings(tags.data, entry.offset, 1, tag)[0]
  return value === undefined || value === '' || value === '(none)' ? undefined : value
}

function strings(tags: Tags, tag: number): string[] {
  const entry = tags.entries.get(tag)
  if (entry === undefined) return []
  if (entry.type !== types.stringArray && entry.type !== types.string)
    throw new JennerError('malformed', `type of tag ${tag}`)
  return readStrings(tags.data, entry.offset, entry.count, tag)
}

function readStrings(data: Buffer, offset: number, count: number, tag: number): string[] {
  if (count > data.length) throw new JennerError('malformed', `tag ${tag} counts ${count} strings`)
  const values: string[] = []
  let start = offset
  for (let index = 0; index < count; index++) {
    const end = data.indexOf(0, start)
    if (start >= data.length || end < 0) throw new JennerError('malformed', `tag ${tag} runs out of the header`)
    values.push(data.toString('utf8', start, end))
    start = end + 1
  }
  return values
}

function integers(tags: Tags, tag: number): number[] {
  const entry = tags.entries.get(tag)
  if (entry === undefined || entry.type !== types.int32) return []
  if (entry.offset + entry.count * 4 > tags.data.length)
    throw new JennerError('malformed', `tag ${tag} runs out of the header`)
  return Array.from({ length: entry.count }, (_, index) => tags.data.readUInt32BE(entry.offset + 4 * index))
}

/** A path is DIRNAMES[DIRINDEXES[i]] + BASENAMES[i]; headers of before 2000 have OLDFILENAMES. */
function filesOf(tags: Tags): string[] {
  const base = strings(tags, 1117)
  if (base.length === 0) return strings(tags, 1027).map(withoutSlash)
  const directories = strings(tags, 1118).map(withoutSlash)
  const indexes = integers(tags, 1116)
  if (indexes.length !== base.length)
    throw new JennerError('malformed', `${base.length} file names, ${indexes.length} folders`)
  return base.map((name, index) => {
    const directory = directories[indexes[index]!]
    if (directory === undefined) throw new JennerError('malformed', `no folder for file ${index}`)
    return directory + name
  })
}

const withoutSlash = (path: string) => path.replace(/^\/+/, '')

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
