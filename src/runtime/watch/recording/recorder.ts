import { closeSync, fchmodSync, openSync, writeSync } from 'node:fs'
import type { RuntimeEvent } from '../../../base/model/runtime.ts'
import { createEncoder, recordingHead } from './encode.ts'

export interface Recorder {
  take(event: RuntimeEvent): void
  /** Writes what waits. */
  flush(): void
  /** Answers how many events are in the file. */
  close(): number
}

const pieceBytes = 1 << 18
/** A recording ends here, and says so: an unattended one must not fill the disk. */
export const maxRecording = 4 * 2 ** 30

/** Records raw events into a new file, for its owner alone. Throws what opening throws; a file that cannot be written on ends the recording, once told. */
export function openRecorder(file: string, onEnd: (why: string) => void): Recorder {
  const fd = openSync(file, 'w', 0o600)
  fchmodSync(fd, 0o600)
  const encode = createEncoder()
  let waiting: string[] = [`${recordingHead}\n`]
  let size = 0
  let written = 0
  let count = 0
  let open = true
  const end = (why: string): void => {
    open = false
    waiting = []
    onEnd(why)
  }
  const flush = (): void => {
    if (!open || waiting.length === 0) return
    const data = Buffer.from(waiting.join(''), 'utf8')
    waiting = []
    size = 0
    try {
      for (let at = 0; at < data.length; ) at += writeSync(fd, data, at)
      written += data.length
      if (written > maxRecording) end(`${maxRecording} bytes`)
    } catch (error) {
      end(error instanceof Error ? error.message : String(error))
    }
  }
  return {
    take(event) {
      if (!open) return
      const lines = encode(event)
      waiting.push(lines)
      size += lines.length
      count++
      if (size >= pieceBytes) flush()
    },
    flush,
    close() {
      flush()
      open = false
      closeSync(fd)
      return count
    },
  }
}
