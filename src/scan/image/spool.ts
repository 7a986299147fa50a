import { closeSync, writeSync } from 'node:fs'
import { JennerError } from '../../base/errors.ts'
import { defaultReadLimits, ratioFreeBytes } from '../../base/limits.ts'
import type { Blob } from './blob.ts'
import { openUnlinked } from './content.ts'
import { openDecoder } from './inflate/open.ts'

/** An inflated copy of a blob in an unlinked file: an archive that is compressed as a whole cannot be read by random access. Throws truncated, malformed, limit_exceeded. */
export async function spool(blob: Blob, folder: string, signal?: AbortSignal): Promise<Blob> {
  const fd = openUnlinked(folder)
  const decoder = openDecoder(blob)
  let size = 0
  try {
    for (let piece = await decoder.next(); piece !== undefined; piece = await decoder.next()) {
      size = writeAll(fd, piece, size)
      signal?.throwIfAborted()
      const most = Math.min(
        defaultReadLimits.maxLayerBytes,
        ratioFreeBytes + decoder.consumed * defaultReadLimits.maxRatio,
      )
      if (size > most)
        throw new JennerError('limit_exceeded', `${decoder.consumed} compressed bytes became more than ${most}`)
    }
    if (decoder.problem !== undefined)
      throw new JennerError(decoder.problem.code === 'truncated' ? 'truncated' : 'malformed', decoder.problem.detail)
    return { fd, offset: 0, size }
  } catch (error) {
    closeSync(fd)
    throw error
  } finally {
    await decoder.close()
  }
}

/** Appends a piece at `position`; returns where the next one goes. Throws output_unwritable (a full disk). */
export function writeAll(fd: number, piece: Uint8Array, position: number): number {
  try {
    for (let done = 0; done < piece.length; ) done += writeSync(fd, piece, done, piece.length - done, position + done)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new JennerError('output_unwritable', `temporary file (${code}; TMPDIR names another folder)`, error)
  }
  return position + piece.length
}
