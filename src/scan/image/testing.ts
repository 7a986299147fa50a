import { gzipSync, zstdCompressSync } from 'node:zlib'

/** For tests and benchmarks: makes tars whose every field can be wrong on purpose. */
export interface TarEntry {
  name: string
  /** Type flag; default `0`, or `5` for a name that ends in `/`. */
  type?: string
  data?: Uint8Array | string
  link?: string
  mode?: number
  /** Seconds. */
  modified?: number
  /** What the header states, when it is to differ from the data. A string stands as it is. */
  size?: number | string
  /** Laid over the finished header at an offset, before the checksum is made. */
  patch?: [offset: number, bytes: Uint8Array | string][]
  /** Not the right checksum. */
  badChecksum?: boolean
  format?: 'ustar' | 'gnu' | 'v7'
}

/** A whole archive, with its end mark. */
export function tarOf(entries: (TarEntry | Uint8Array)[]): Buffer {
  return Buffer.concat([...entries.map(entry => (entry instanceof Uint8Array ? entry : tarEntry(entry))), endMark])
}

export const endMark: Buffer = Buffer.alloc(1024)

/** One header and its data, padded to whole blocks. */
export function tarEntry(entry: TarEntry): Buffer {
  const data = typeof entry.data === 'string' ? Buffer.from(entry.data) : (entry.data ?? Buffer.alloc(0))
  return Buffer.concat([tarHeader(entry, data.length), data, Buffer.alloc((512 - (data.length % 512)) % 512)])
}

function tarHeader(entry: TarEntry, length: number): Buffer {
  const block = Buffer.alloc(512)
  const size = entry.size ?? length
  block.write(entry.name, 0, 100)
  block.write(octal(entry.mode ?? 0o644, 8), 100)
  block.write(octal(0, 8), 108)
  block.write(octal(0, 8), 116)
  block.write(typeof size === 'string' ? size : octal(size, 12), 124, 'latin1')
  block.write(octal(entry.modified ?? 0, 12), 136)
  block.write(entry.type ?? (entry.name.endsWith('/') ? '5' : '0'), 156)
  block.write(entry.link ?? '', 157, 100)
  if (entry.format === 'gnu') block.write('ustar  \0', 257)
  else if (entry.format !== 'v7') block.write('ustar\x0000', 257)
  for (const [offset, bytes] of entry.patch ?? []) block.set(Buffer.from(bytes as string, 'latin1'), offset)
  block.write('        ', 148)
  const sum = block.reduce((total, byte) => total + byte, entry.badChecksum ? 1 : 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`
}

/** A PAX header for the entry that follows it. */
export function paxEntry(records: Record<string, string> | string, type: 'x' | 'g' = 'x'): Buffer {
  const data = typeof records === 'string' ? records : Object.entries(records).map(paxRecord).join('')
  return tarEntry({ name: 'PaxHeaders/x', type, data })
}

export function paxRecord([key, value]: [string, string]): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest
  while (length !== rest + String(length).length) length = rest + String(length).length
  return `${length} ${key}=${value}\n`
}

/** GNU long name (`L`) or long link (`K`) for the entry that follows. */
export function longName(name: string, type: 'L' | 'K' = 'L'): Buffer {
  return tarEntry({ name: '././@LongLink', type, data: `${name}\0`, format: 'gnu' })
}

export const compressors = {
  plain: (data: Uint8Array): Buffer => Buffer.from(data),
  gzip: (data: Uint8Array): Buffer => gzipSync(data),
  zstd: (data: Uint8Array): Buffer => zstdCompressSync(data),
}
