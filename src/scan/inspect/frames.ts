import { writeSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { JennerError } from '../../base/errors.ts'

/** Messages over a pipe: four bytes of length (big-endian), then v8's serialisation. */
const maxFrameBytes = 1024 * 1024 * 1024

/** Writes one message to a descriptor, whole, whatever mode the pipe is in. */
export function writeFrame(fd: number, message: unknown): void {
  const [head, body] = frameOf(message)
  writeAll(fd, head)
  writeAll(fd, body)
}

/** A message as it goes over the pipe. */
export function frameOf(message: unknown): [head: Buffer, body: Buffer] {
  const body = serialize(message)
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  return [head, body]
}

function writeAll(fd: number, data: Uint8Array): void {
  for (let at = 0; at < data.length; ) {
    try {
      at += writeSync(fd, data, at, data.length - at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}

/** Takes what comes out of the pipe, in any pieces, and gives whole messages to `onMessage`. Throws malformed when a length is absurd. */
export function frameReader(onMessage: (message: unknown) => void): (chunk: Buffer) => void {
  let pieces: Buffer[] = []
  let held = 0
  return chunk => {
    pieces.push(chunk)
    held += chunk.length
    for (;;) {
      if (held < 4) return
      if (pieces[0]!.length < 4) pieces = [Buffer.concat(pieces)]
      const length = pieces[0]!.readUInt32BE(0)
      if (length > maxFrameBytes) throw new JennerError('malformed', `a message of ${length} bytes`)
      if (held < 4 + length) return
      const all = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)
      pieces = all.length > 4 + length ? [all.subarray(4 + length)] : []
      held -= 4 + length
      onMessage(deserialize(all.subarray(4, 4 + length)))
    }
  }
}
