import type { CreateJudge } from '../../src/runtime/sensor/judge.ts'

/** A judge whose thread ends when it is told to. */
export const createJudge: CreateJudge = () => ({
  onEvent() {},
  onMessage: () => process.exit(3),
})
