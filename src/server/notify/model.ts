import type { Notice, OutputKind } from '../../reporting/outputs/model.ts'

/** Tells people what they must know, by the outputs that are configured. */
export interface Notifying {
  /** Looks for what is to be told, and delivers, now. */
  run(): Promise<void>
  /** Sends one notice past the queue; answers milliseconds, or rejects with what the receiver said. */
  test(output: { kind: OutputKind; config: Record<string, string | number | boolean> }, notice: Notice): Promise<number>
  stop(): void
}
