import type { ErrorCode } from '../../base/errors.ts'
import type { Artifact, Inventory } from '../../base/model/inventory.ts'
import type { InspectProgress, InspectRequest } from './request.ts'

/** What the worker is told. */
export interface WorkerOrder {
  request: InspectRequest
  /** Files that a former worker hung in or died of. */
  skip: string[]
}

/** What it tells. The last message is `inventory` or `error`. */
export type WorkerReport =
  | { kind: 'progress'; progress: InspectProgress }
  | { kind: 'artifact'; artifact: Artifact }
  /** The bytes of a layer are wanted; `next` are those wanted after it. */
  | { kind: 'layer'; index: number; next: number[] }
  /** `whole`: reading it again would tell the same. */
  | { kind: 'inventory'; inventory: Inventory; whole: boolean }
  | { kind: 'error'; code: ErrorCode; detail: string }
