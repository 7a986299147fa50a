import { JennerError } from '../../../base/errors.ts'
import type { Source } from './bytes.ts'

const step = 256 * 1024

/** Reads a source from its start, byte by byte or in pieces; running over the end is malformed data. */
export class ByteStream {
  private readonly source: Source
  private buffer: Uint8Array = new Uint8Array(0)
  private at = 0
  private next = 0

  constructor(source: Source) {
    this.source = source
  }

  /** Bytes read so far. */
  get position(): number {
    return this.next - this.buffer.length + this.at
  }

  get atEnd(): boolean {
    return this.position >= this.source.size
  }

  byte(): number {
    if (this.at === this.buffer.length) {
      if (this.next >= this.source.size) throw new JennerError('malformed', 'compressed data is cut off')
      this.buffer = this.source.read(this.next, step)
      this.next += this.buffer.length
      this.at = 0
    }
    return this.buffer[this.at++] as number
  }

  bytes(length: number): Uint8Array {
    const from = this.position
    if (length > this.source.size - from) throw new JennerError('malformed', 'compressed data is cut off')
    const bytes = this.source.read(from, length)
    this.next = from + length
    this.buffer = new Uint8Array(0)
    this.at = 0
    return bytes
  }
}
