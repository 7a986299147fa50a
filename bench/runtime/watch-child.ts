/** What `jenner watch` runs, in a process of its own that tells what it used. Arguments: rule files. */
import { readFileSync } from 'node:fs'
import { startKernelSensor } from '../../src/runtime/watch/sensor.ts'

const rules = process.argv.slice(2).map(name => ({ name, content: readFileSync(name, 'utf8') }))
const sensor = await startKernelSensor({ judge: { rules }, host: false, onMessage() {} })
process.on('message', async question => {
  if (question === 'stop') {
    await sensor.stop()
    process.exit()
  }
  const { user, system } = process.cpuUsage()
  process.send!({
    cpu: (user + system) / 1e6,
    counters: await sensor.counters(),
    memory: process.memoryUsage.rss() / 2 ** 20,
  })
})
process.send!({ ready: sensor.rules })
