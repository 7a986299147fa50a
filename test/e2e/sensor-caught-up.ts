import assert from 'node:assert/strict'
import type { Sensor } from '../../src/runtime/sensor/sensor.ts'

/** Waits until all that the kernel had told by now was read, and what the judge posted of it is here: both come by the same way, in their order. */
export async function caughtUp(sensor: Sensor): Promise<void> {
  const { sent } = await sensor.counters()
  for (let round = 0; round < 1500; round++) {
    if ((await sensor.counters()).received >= sent) return
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  assert.fail(`the sensor does not catch up: ${JSON.stringify(await sensor.counters())}`)
}
