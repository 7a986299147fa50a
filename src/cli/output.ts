import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { JennerError } from '../base/errors.ts'

/** Writes all chunks to a stream, waiting where it is full. A reader that went away (EPIPE) ends it quietly. */
export async function writeStream(stream: NodeJS.WritableStream, chunks: Iterable<string>): Promise<void> {
  let waiting = ''
  for (const chunk of chunks) {
    waiting += chunk
    if (waiting.length < 1 << 16) continue
    if (!(await flush(stream, waiting))) return
    waiting = ''
  }
  if (waiting !== '') await flush(stream, waiting)
}

/** Resolves to false when nobody reads any more. */
function flush(stream: NodeJS.WritableStream, text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    stream.write(text, error => {
      if (!error) resolve(true)
      else if ((error as NodeJS.ErrnoException).code === 'EPIPE') resolve(false)
      else reject(new JennerError('output_unwritable', error.message, error))
    })
  })
}

/**
 * Writes all chunks to `file`: into a new file beside it, which then takes its place, so that nobody ever sees half a report.
 * A place that is no regular file (`/dev/stdout`, a pipe) is written as it is.
 */
export function writeFileAtomically(file: string, chunks: Iterable<string>): void {
  const special = isSpecial(file)
  const draft = special ? file : join(dirname(file), `.${basename(file)}.${process.pid}.part`)
  try {
    const handle = openSync(draft, special ? 'w' : 'wx', 0o644)
    try {
      writeChunks(handle, chunks)
      if (!special) fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    if (!special) renameSync(draft, file)
  } catch (error) {
    if (!special) rmSync(draft, { force: true })
    if (error instanceof JennerError) throw error
    throw new JennerError('output_unwritable', `${file} (${(error as NodeJS.ErrnoException).code ?? error})`, error)
  }
}

const bufferBytes = 1 << 20
/** UTF-8 takes three bytes for a code unit at most. */
const mostBytes = 3

/** Through one buffer: small chunks go together, and no chunk's bytes are memory of their own. */
function writeChunks(handle: number, chunks: Iterable<string>): void {
  const buffer = Buffer.allocUnsafe(bufferBytes)
  let filled = 0
  const flush = (): void => {
    writeWhole(handle, buffer.subarray(0, filled))
    filled = 0
  }
  for (const chunk of chunks) {
    const most = chunk.length * mostBytes
    if (most > bufferBytes - filled) flush()
    if (most > bufferBytes) writeWhole(handle, Buffer.from(chunk))
    else filled += buffer.write(chunk, filled)
  }
  flush()
}

function writeWhole(handle: number, bytes: Buffer): void {
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(handle, bytes, offset)
}

function isSpecial(file: string): boolean {
  try {
    return !statSync(file).isFile()
  } catch {
    return false
  }
}
