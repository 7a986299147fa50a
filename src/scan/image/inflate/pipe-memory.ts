import type { DecodeProblem } from './decoder.ts'

/**
 * What the two threads of a pipe share: a ring of slots for plain bytes, and the counters that say whose turn it is.
 * The writer fills slot `written % slots`, the reader takes slot `taken % slots`; every change raises `events`, on which the reader waits.
 */
export interface PipeMemory {
  counters: Int32Array<SharedArrayBuffer>
  lengths: Int32Array<SharedArrayBuffer>
  consumed: Float64Array<SharedArrayBuffer>
  problem: Uint8Array<SharedArrayBuffer>
  slots: Buffer[]
}

export interface PipeBuffers {
  control: SharedArrayBuffer
  data: SharedArrayBuffer
}

export const counter = { written: 0, taken: 1, state: 2, closing: 3, events: 4, problemLength: 5 }
export const state = { running: 0, ended: 1 }

const slotCount = 12
const slotBytes = 512 * 1024
const problemBytes = 1024

export function newPipeBuffers(): PipeBuffers {
  return { control: new SharedArrayBuffer(128 + problemBytes), data: new SharedArrayBuffer(slotCount * slotBytes) }
}

export function mapPipe({ control, data }: PipeBuffers): PipeMemory {
  return {
    counters: new Int32Array(control, 0, 8),
    lengths: new Int32Array(control, 32, slotCount),
    consumed: new Float64Array(control, 96, 1),
    problem: new Uint8Array(control, 128, problemBytes),
    slots: Array.from({ length: slotCount }, (_, i) => Buffer.from(data, i * slotBytes, slotBytes)),
  }
}

export function writeProblem(memory: PipeMemory, { code, detail }: DecodeProblem): void {
  const text = Buffer.from(JSON.stringify({ code, detail: detail.slice(0, 200) }))
  memory.problem.set(text.subarray(0, problemBytes))
  memory.counters[counter.problemLength] = text.length
}

export function readProblem(memory: PipeMemory): DecodeProblem | undefined {
  const length = memory.counters[counter.problemLength]!
  return length === 0 ? undefined : JSON.parse(Buffer.from(memory.problem.subarray(0, length)).toString())
}

export function raise(memory: PipeMemory): void {
  Atomics.add(memory.counters, counter.events, 1)
  Atomics.notify(memory.counters, counter.events)
}

/** Waking a thread costs as much as a piece takes to read: a sleeper is woken for a few pieces, or free slots, at once. */
export const fewPieces = 3

/** `raise` for a piece that was written. */
export function raiseWritten({ counters }: PipeMemory): void {
  Atomics.add(counters, counter.events, 1)
  const waiting = counters[counter.written]! - Atomics.load(counters, counter.taken)
  if (waiting >= fewPieces) Atomics.notify(counters, counter.events)
}

/** Says that the reader is done with another slot. */
export function raiseTaken({ counters }: PipeMemory, taken: number): void {
  Atomics.store(counters, counter.taken, taken)
  if (Atomics.load(counters, counter.written) - taken <= slotCount - fewPieces) Atomics.notify(counters, counter.taken)
}
