/** `jenner watch` with the stock rules under two saturating loops: how much it judges, what that costs, what it loses. */
import { docker, dockerAsync } from '../../src/runtime/drill/docker.ts'
import { startWatch, totals } from '../../test/e2e/hard-days/watch.ts'
import type { Bar } from './bars.ts'
import { cpuOf, memoryOf } from './process.ts'

const seconds = 8

/** Two loops that open a file to write and close it, as fast as they can. */
export async function measureThroughput(image: string, rules: readonly string[], folder: string): Promise<Bar[]> {
  const watch = await startWatch({ rules, cwd: folder })
  const pid = watch.child.pid!
  const name = `jenner-bench-load-${process.pid}`
  docker(['run', '-d', '--network', 'none', '--name', name, image, 'sleep', '600'])
  const loop = `perl -e '$end = time + ${seconds}; while (time < $end) { for (1..5000) { sysopen F, "/tmp/flood$$", 0102; close F } }'`
  const before = cpuOf(pid)
  const began = performance.now()
  await dockerAsync(['exec', name, 'sh', '-c', `${loop} & ${loop} & wait`], 60_000)
  const took = (performance.now() - began) / 1000
  await new Promise(resolve => setTimeout(resolve, 1000))
  const cpu = cpuOf(pid) - before
  const memory = memoryOf(pid)
  docker(['rm', '--force', name])
  await watch.stop()
  const { judged, filtered, lost } = totals(watch.said())
  console.log(
    `throughput: ${judged + filtered + lost} produced, ${filtered} filtered, ${judged} judged, ${lost} lost in ${took.toFixed(1)} s; peak RSS ${memory.peak.toFixed(0)} MiB`,
  )
  return [
    {
      what: 'events judged a second by the stock rules',
      measured: judged / took,
      limit: 200_000,
      unit: '/s',
      least: true,
      digits: 0,
    },
    { what: 'events lost', measured: lost, limit: 0, unit: 'events', digits: 0 },
    { what: 'sensor CPU per million judged', measured: cpu / (judged / 1e6), limit: 1.5, unit: 's' },
    { what: 'resident memory', measured: memory.now, limit: 150, unit: 'MiB', digits: 0 },
  ]
}
