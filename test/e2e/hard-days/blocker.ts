/** A sensor that stops what is foreign in one container, until it is killed. */
import { startSensor } from '../../../src/runtime/sensor/sensor.ts'

const sensor = await startSensor({ judge: new URL('../sensor-judge.ts', import.meta.url) })
await sensor.setPolicy(process.argv[2]!, 'block')
console.log('ready')
setInterval(() => {}, 1000)
