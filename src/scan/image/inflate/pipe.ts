import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Blob } from '../blob.ts'
import type { Decoder } from './decoder.ts'
import { compressionOfBlob, openDecoder } from './open.ts'
import {
  counter,
  mapPipe,
  newPipeBuffers,
  type PipeMemory,
  raise,
  raiseTaken,
  readProblem,
  state,
  writeProblem,
} from './pipe-memory.ts'

/** Opens decoders whose inflating happens in another thread, where that pays: a large compressed blob, a second core. Otherwise in this one. */
export interface Inflater {
  open(blob: Blob): Decoder
  close(): Promise<void>
}

/** How long the reading thread may sleep for a piece before it lets other work have its turn. */
const briefMs = 5
const briefTurns = 4

/** Below this the thread does not earn back its start. */
const pipeFrom = 8 * 1024 * 1024

export function createInflater(options: { pipeFrom?: number } = {}): Inflater {
  const from = options.pipeFrom ?? (availableParallelism() > 1 ? pipeFrom : Number.POSITIVE_INFINITY)
  let thread: Thread | undefined
  return {
    open(blob) {
      const method = compressionOfBlob(blob)
      if (blob.size < from || (method !== 'gzip' && method !== 'zstd') || thread?.busy) return openDecoder(blob)
      if (thread === undefined || thread.dead) thread = startThread()
      return openPipe(thread, blob)
    },
    async close() {
      await thread?.worker.terminate()
      thread = undefined
    },
  }
}

interface Thread {
  worker: Worker
  memory: PipeMemory
  busy: boolean
  dead: boolean
}

function startThread(): Thread {
  const buffers = newPipeBuffers()
  const worker = new Worker(new URL('./pipe-worker.ts', import.meta.url), {
    workerData: buffers,
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  })
  const thread: Thread = { worker, memory: mapPipe(buffers), busy: false, dead: false }
  const die = (reason: string): void => {
    thread.dead = true
    writeProblem(thread.memory, { code: 'worker_died', detail: `inflating thread: ${reason}` })
    Atomics.store(thread.memory.counters, counter.state, state.ended)
    raise(thread.memory)
  }
  worker.on('error', error => die(error.message))
  worker.on('exit', code => die(`exit ${code}`))
  worker.unref()
  return thread
}

function openPipe(thread: Thread, { fd, offset, size }: Blob): Decoder {
  const { memory, worker } = thread
  const { counters, lengths, slots, consumed } = memory
  counters.fill(0)
  consumed[0] = 0
  thread.busy = true
  worker.ref()
  worker.postMessage({ fd, offset, size } satisfies Blob)
  let taken = 0
  let holding = false

  /** What is there now; `wait` when nothing is yet. */
  const take = (): Buffer | undefined | 'wait' => {
    const over = Atomics.load(counters, counter.state) === state.ended
    if (Atomics.load(counters, counter.written) > taken) {
      holding = true
      const index = taken % slots.length
      return slots[index]!.subarray(0, lengths[index])
    }
    return over ? undefined : 'wait'
  }
  const release = (): void => {
    if (!holding) return
    holding = false
    taken++
    raiseTaken(memory, taken)
  }
  const wait = async (): Promise<Buffer | undefined> => {
    while (true) {
      const events = Atomics.load(counters, counter.events)
      const piece = take()
      if (piece !== 'wait') return piece
      await Atomics.waitAsync(counters, counter.events, events).value
    }
  }
  /** The next piece is usually a fraction of a millisecond away, and a turn of the event loop costs more than that. */
  const waitBriefly = (): Buffer | undefined | 'wait' => {
    for (let turn = 0; turn < briefTurns; turn++) {
      const events = Atomics.load(counters, counter.events)
      const piece = take()
      if (piece !== 'wait' || Atomics.wait(counters, counter.events, events, briefMs) === 'timed-out') return piece
    }
    return take()
  }
  const close = async (): Promise<void> => {
    Atomics.store(counters, counter.closing, 1)
    Atomics.notify(counters, counter.taken)
    while (!thread.dead && Atomics.load(counters, counter.state) !== state.ended) {
      const events = Atomics.load(counters, counter.events)
      if (Atomics.load(counters, counter.state) === state.ended) break
      await Atomics.waitAsync(counters, counter.events, events).value
    }
    thread.busy = false
    worker.unref()
  }
  return {
    next() {
      release()
      const piece = waitBriefly()
      return piece === 'wait' ? wait() : piece
    },
    get consumed() {
      return consumed[0]!
    },
    get problem() {
      return Atomics.load(counters, counter.state) === state.ended ? readProblem(memory) : undefined
    },
    close,
  }
}
