import { parentPort, workerData } from 'node:worker_threads'
import type { Blob } from '../blob.ts'
import { openDecoder } from './open.ts'
import { counter, mapPipe, type PipeBuffers, raise, raiseWritten, state, writeProblem } from './pipe-memory.ts'

/** The thread that inflates ahead of the one that reads. One blob at a time; it waits when all slots are full. */
const memory = mapPipe(workerData as PipeBuffers)
const { counters, lengths, slots, consumed } = memory

parentPort?.on('message', (blob: Blob) => {
  inflate(blob)
    .catch((error: unknown) => writeProblem(memory, { code: 'unreadable', detail: String(error) }))
    .finally(() => {
      Atomics.store(counters, counter.state, state.ended)
      raise(memory)
    })
})

async function inflate(blob: Blob): Promise<void> {
  const decoder = openDecoder(blob, { output: () => slots[counters[counter.written]! % slots.length]! })
  try {
    while (waitForSlot()) {
      const answer = decoder.next()
      const piece = answer instanceof Promise ? await answer : answer
      if (piece === undefined) break
      publish(piece)
      consumed[0] = decoder.consumed
    }
    if (decoder.problem !== undefined) writeProblem(memory, decoder.problem)
    consumed[0] = decoder.consumed
  } finally {
    decoder.close()
  }
}

/** False when the reader wants no more. */
function waitForSlot(): boolean {
  while (Atomics.load(counters, counter.closing) === 0) {
    const taken = Atomics.load(counters, counter.taken)
    if (counters[counter.written]! - taken < slots.length) return true
    Atomics.wait(counters, counter.taken, taken, 1000)
  }
  return false
}

function publish(piece: Buffer): void {
  const index = counters[counter.written]! % slots.length
  const slot = slots[index]!
  // Node's public stream brings buffers of its own.
  if (piece.buffer !== slot.buffer) piece.copy(slot)
  lengths[index] = piece.length
  Atomics.add(counters, counter.written, 1)
  raiseWritten(memory)
}
