import { JennerError } from '../../../base/errors.ts'
import { inputLimits } from './limits.ts'

export interface TarEntry {
  name: string
  bytes: Uint8Array
}

/** Whether these first bytes are of a tar (POSIX ustar or GNU: `ustar` at 257). */
export function isTar(head: Uint8Array): boolean {
  return head.length >= 262 && Buffer.from(head.buffer, head.byteOffset + 257, 5).toString('latin1') === 'ustar'
}

/** Regular files of a tar stream, one at a time; GNU long names and PAX `path` honoured. Throws JennerError truncated, malformed, limit_exceeded. */
export async function* tarEntries(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const reader = byteReader(chunks)
  let longName: string | undefined
  for (let count = 0; ; count++) {
    if (count > inputLimits.maxEntries) throw new JennerError('limit_exceeded', `${count} tar entries`)
    const header = await reader.take(512)
    if (header.length === 0 || header[0] === 0) return
    if (header.length < 512) throw new JennerError('truncated', 'tar header')
    const size = octal(header, 124, 12)
    if (!(size >= 0)) throw new JennerError('malformed', 'tar entry size')
    const type = String.fromCharCode(header[156]!)
    if (size > inputLimits.maxHeld) throw new JennerError('limit_exceeded', `tar entry of ${size} bytes`)
    const bytes = await reader.take(size)
    if (bytes.length < size) throw new JennerError('truncated', 'tar entry')
    await reader.take((512 - (size % 512)) % 512)
    if (type === 'L') longName = cString(bytes, 0, bytes.length)
    else if (type === 'x') longName = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(Buffer.from(bytes).toString('utf8'))?.[1]
    else {
      const prefix = cString(header, 345, 155)
      const name = longName ?? `${prefix === '' ? '' : `${prefix}/`}${cString(header, 0, 100)}`
      longName = undefined
      if (type === '0' || type === '\0' || type === '7') yield { name, bytes }
    }
  }
}

function byteReader(chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]()
  let rest: Uint8Array = new Uint8Array(0)
  return {
    /** `length` bytes, fewer only at the end. */
    async take(length: number): Promise<Uint8Array> {
      const parts: Uint8Array[] = []
      let got = 0
      while (got < length) {
        if (rest.length === 0) {
          const next = await iterator.next()
          if (next.done) break
          rest = next.value
        }
        const part = rest.subarray(0, length - got)
        rest = rest.subarray(part.length)
        parts.push(part)
        got += part.length
      }
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    },
  }
}

function octal(header: Uint8Array, offset: number, length: number): number {
  if (header[offset] === 0x80) return Number(Buffer.from(header).readBigUInt64BE(offset + 4))
  return Number.parseInt(cString(header, offset, length).trim() || '0', 8)
}

function cString(bytes: Uint8Array, offset: number, length: number): string {
  const field = Buffer.from(bytes.buffer, bytes.byteOffset + offset, length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? length : end)
}
