import type { JudgeMessage } from './judge.ts'

/** What the watch tells while it runs. */
export type WatchMessage =
  | JudgeMessage
  /** Something is not seen, or not kept, from now on. */
  | { kind: 'notice'; what: string; why: string }
  /** Files that were not looked at for malware, by reason. */
  | { kind: 'unscanned'; rows: { reason: string; count: number }[] }
  /** The list of what may run beside an image is another now. */
  | { kind: 'drift'; image: string }
  | { kind: 'recorded'; file: string; count: number }

/** What crosses from the sensor's thread; what is not for the session stays in `sensor.ts`. */
export type Posted =
  | WatchMessage
  | { kind: 'losses'; losses: { what: string; why: string }[] }
  | { kind: 'rules'; count: number }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'selftest'; path: string; upper: boolean }
