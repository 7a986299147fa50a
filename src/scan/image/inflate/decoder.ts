import type { IncompleteCode } from '../../../base/model/inventory.ts'

/** Stored bytes on their way to being plain ones. */
export interface Decoder {
  /** The next plain bytes, a view that the next call overwrites; undefined at the end, or when the stream cannot be read on (then `problem` is set). */
  next(): Buffer | undefined | Promise<Buffer | undefined>
  /** Stored bytes taken so far. */
  readonly consumed: number
  readonly problem: DecodeProblem | undefined
  close(): void | Promise<void>
}

export interface DecodeProblem {
  code: IncompleteCode
  detail: string
}

/** A decoder that works in this thread, at once. Its pieces fill the buffer they are given, all but the last. */
export interface InnerDecoder {
  next(): Buffer | undefined
  readonly problem: DecodeProblem | undefined
  close(): void
}

/** Gives stored bytes piece by piece; an empty piece is the end. The piece is a view that the next call overwrites. */
export type PieceReader = () => Buffer

/** Says where the next plain bytes go; asked once for each of them. */
export type OutputBuffer = () => Buffer

/** The same buffer for all of them. */
export function oneBuffer(size: number): OutputBuffer {
  const buffer = Buffer.allocUnsafeSlow(size)
  return () => buffer
}
