/** A judge that does nothing but be called: what is measured is the sensor. */
import type { CreateJudge } from '../../src/runtime/sensor/judge.ts'

export const createJudge: CreateJudge = () => ({ onEvent() {} })
