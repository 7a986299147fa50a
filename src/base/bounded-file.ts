import { closeSync, openSync, readSync } from 'node:fs'
import { JennerError } from './errors.ts'

const pieceBytes = 1 << 16

/**
 * A file's text, read piece by piece: a device or a pipe tells no size beforehand, and may never end. Throws JennerError limit_exceeded past `maxBytes`, else
 * what `open` and `read` throw.
 */
export function readBoundedText(path: string, maxBytes: number): string {
  const file = openSync(path, 'r')
  try {
    const pieces: Buffer[] = []
    for (let size = 0; ; ) {
      const piece = Buffer.allocUnsafe(pieceBytes)
      const length = readSync(file, piece)
      if (length === 0) return Buffer.concat(pieces, size).toString('utf8')
      pieces.push(piece.subarray(0, length))
      size += length
      if (size > maxBytes) throw new JennerError('limit_exceeded', `${path}: > ${Math.ceil(maxBytes / 1024 ** 2)} MiB`)
    }
  } finally {
    closeSync(file)
  }
}
