import type { IncompleteCode } from '../../../base/model/inventory.ts'

/** Stored bytes on their way to being plain ones. */
export interface Decoder {
  /** The next plain bytes, a view that the next call overwrites; undefined at the end, or when the stream cannot be read on (then `problem` is set). */
  next(): Buffer | undefined | Promise<Buffer | undefined>
  /** Stored bytes taken so far. */
  readonly consumed: number
  readonly problem: DecodeProblem | undefined
  close(): void
}

export interface DecodeProblem {
  code: IncompleteCode
  detail: string
}

/** Gives stored bytes piece by piece; an empty piece is the end. The piece is a view that the next call overwrites. */
export type PieceReader = () => Buffer
