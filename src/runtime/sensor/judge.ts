import type { RuntimeEvent } from '../../base/model/runtime.ts'

/** What runs in the sensor's thread and sees every event. A module that is given to `startSensor` exports `createJudge`. */
export interface Judge {
  onEvent(event: RuntimeEvent): void
  /** Once in a while, at least every 100 ms; `now` in ms since the epoch. */
  onTick?(now: number): void
  /** What `Sensor.post` sent. */
  onMessage?(value: unknown): void
  /** Before the thread ends; what it posts still arrives. */
  onClose?(): void
}

/** `post` goes to `onMessage` of the starter. */
export type CreateJudge = (options: unknown, channel: { post(value: unknown): void }) => Judge | Promise<Judge>
