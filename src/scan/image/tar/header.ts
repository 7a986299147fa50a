import { parseNumber, parseOctal } from './numbers.ts'

export const blockSize = 512

/** A header block as it stands, before long names and PAX records are laid over it. */
export interface TarHeader {
  name: string
  mode: number
  size: number
  /** ms since the epoch, when the field can be read. */
  modified?: number
  /** One character; `'0'` for the old `'\0'`. */
  type: string
  link: string
}

/**
 * Reads one header block. `'zero'`: a block of NULs; `'checksum'`, `'size'`: the field that makes it unreadable.
 *
 * POSIX.1-1988 ustar, offsets: name 0+100, mode 100+8, size 124+12, mtime 136+12, chksum 148+8, typeflag 156, linkname 157+100,
 * magic 257+6 `ustar\0`, version 263+2 `00`, prefix 345+155. GNU: magic and version `ustar  \0`, no prefix.
 */
export function parseHeader(block: Buffer, at: number): TarHeader | 'zero' | 'checksum' | 'size' {
  const stated = parseOctal(block, at + 148, 8)
  if (!checksumMatches(block, at, stated)) return isZero(block, at) ? 'zero' : 'checksum'
  const size = parseNumber(block, at + 124, 12)
  if (size === undefined) return 'size'
  const type = block[at + 156]!
  const modified = parseNumber(block, at + 136, 12)
  return {
    name: fullName(block, at),
    mode: (parseNumber(block, at + 100, 8) ?? 0) & 0o7777,
    size,
    modified: modified === undefined ? undefined : modified * 1000,
    type: type === 0 ? '0' : String.fromCharCode(type),
    link: block[at + 157] === 0 ? '' : field(block, at + 157, 100),
  }
}

/** The sum of all bytes with the checksum itself counted as blanks; some old writers summed signed bytes. */
function checksumMatches(block: Buffer, at: number, stated: number | undefined): boolean {
  if (stated === undefined || stated === 0) return false
  let sum = sumOfBytes(block, at)
  let own = 0
  for (let i = at + 148; i < at + 156; i++) own += block[i]!
  sum += 8 * 0x20 - own
  return sum === stated || signedSum(block, at) === stated
}

let words = new Int32Array(0)

/** Of one block, four bytes at a time where it is aligned: two sums of two 16-bit lanes, which 128 words of 255s cannot overflow. */
function sumOfBytes(block: Buffer, at: number): number {
  const { buffer } = block
  const start = block.byteOffset + at
  if (start & 3) {
    let sum = 0
    for (let i = at, end = at + blockSize; i < end; i++) sum += block[i]!
    return sum
  }
  if (words.buffer !== buffer) words = new Int32Array(buffer as ArrayBuffer, 0, buffer.byteLength >> 2)
  let even = 0
  let odd = 0
  for (let i = start >> 2, end = i + blockSize / 4; i < end; i++) {
    const word = words[i]!
    even += word & 0xff00ff
    odd += (word >>> 8) & 0xff00ff
  }
  return (even & 0xffff) + (even >>> 16) + (odd & 0xffff) + (odd >>> 16)
}

function signedSum(block: Buffer, at: number): number {
  let sum = 8 * 0x20
  for (let i = at; i < at + blockSize; i++) {
    if (i < at + 148 || i >= at + 156) sum += (block[i]! << 24) >> 24
  }
  return sum
}

function isZero(block: Buffer, at: number): boolean {
  for (let i = at; i < at + blockSize; i++) if (block[i] !== 0) return false
  return true
}

function fullName(block: Buffer, at: number): string {
  const name = field(block, at, 100)
  const ustar = block[at + 257] === 0x75 && block[at + 262] === 0 && block[at + 263] === 0x30
  if (!ustar || block[at + 345] === 0) return name
  return `${field(block, at + 345, 155)}/${name}`
}

/** Text up to the first NUL: mostly ASCII, for which the cheaper decoder does. */
export function field(block: Buffer, at: number, length: number): string {
  let end = at
  let bits = 0
  for (const limit = at + length; end < limit; end++) {
    const byte = block[end]!
    if (byte === 0) break
    bits |= byte
  }
  return bits < 0x80 ? block.toString('latin1', at, end) : block.toString('utf8', at, end)
}
