import { readSync } from 'node:fs'
import { readBoundedText } from '../base/bounded-file.ts'
import { JennerError } from '../base/errors.ts'

const maxBytes = 512 * 1024 * 1024

/** A file's text, `-` for standard input. Throws JennerError target_not_found, target_unreadable, limit_exceeded. */
export function readText(file: string): string {
  try {
    return file === '-' ? readStandardInput() : readBoundedText(file, maxBytes)
  } catch (error) {
    if (error instanceof JennerError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new JennerError(code === 'ENOENT' ? 'target_not_found' : 'target_unreadable', file, error)
  }
}

/** Whoever starts us may have made it a pipe or socket that does not wait: then we do. */
function readStandardInput(): string {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  const pieces: Buffer[] = []
  let size = 0
  for (;;) {
    const piece = Buffer.allocUnsafe(1 << 16)
    const length = readSome(piece)
    if (length === 0) return Buffer.concat(pieces, size).toString('utf8')
    if (length === undefined) Atomics.wait(sleeper, 0, 0, 5)
    else {
      pieces.push(piece.subarray(0, length))
      size += length
      if (size > maxBytes) throw new JennerError('limit_exceeded', '-: > 512 MiB')
    }
  }
}

/** Undefined when nothing has come yet. */
function readSome(piece: Buffer): number | undefined {
  try {
    return readSync(0, piece)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EAGAIN') return undefined
    if (code === 'EOF') return 0
    throw error
  }
}
