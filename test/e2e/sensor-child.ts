/** A sensor to be killed. */
import { startSensor } from '../../src/runtime/sensor/sensor.ts'

await startSensor({ judge: new URL('./sensor-judge.ts', import.meta.url) })
console.log('ready')
setInterval(() => {}, 1000)
