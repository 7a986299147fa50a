/** From the event in the kernel to the alert as a line that another program reads; from the decision to the cut network. */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { docker, dockerAsync } from '../../src/runtime/drill/docker.ts'
import { startWatch } from '../../test/e2e/hard-days/watch.ts'
import { type Bar, median, quantile } from './bars.ts'

const shots = 400
const cuts = 7

export async function measureLatency(image: string, folder: string): Promise<Bar[]> {
  const file = join(folder, 'marks.yaml')
  const rule = (number: number): string =>
    `- rule: Mark ${number}\n  desc: d\n  condition: evt.type in (open, openat) and evt.is_open_write = true and fd.name = /tmp/mark${number}\n  output: mark\n  priority: INFO\n`
  writeFileSync(file, Array.from({ length: shots }, (_, number) => rule(number)).join(''))
  const watch = await startWatch({ rules: [file], cwd: folder })
  const heard: number[] = []
  createInterface({ input: watch.child.stdout! }).on('line', line => {
    const now = performance.timeOrigin + performance.now()
    heard.push(now - Date.parse((JSON.parse(line) as { time: string }).time))
  })
  const shoot = `perl -e 'for (0..${shots - 1}) { open F, ">", "/tmp/mark$_"; close F; select undef, undef, undef, 0.02 }'`
  await dockerAsync(['run', '--rm', '--network', 'none', image, 'sh', '-c', shoot], 60_000)
  await new Promise(resolve => setTimeout(resolve, 500))
  await watch.stop()
  console.log(`latency: ${heard.length} of ${shots} heard`)
  return [
    { what: 'kernel event to alert, median', measured: median(heard), limit: 5, unit: 'ms' },
    { what: 'kernel event to alert, 99th percentile', measured: quantile(heard, 0.99), limit: 25, unit: 'ms' },
  ]
}

export function measureCut(image: string, folder: string): Bar[] {
  const launcher = join(import.meta.dirname, '../../jenner')
  const name = `jenner-bench-cut-${process.pid}`
  const made = docker(['run', '-d', '--name', name, image, 'sleep', '600'])
  if (made.status !== 0) return []
  try {
    const times: number[] = []
    for (let round = 0; round < cuts; round++) {
      const { stdout } = spawnSync(launcher, ['isolate', name, '--state', folder, '-f', 'json'], { encoding: 'utf8' })
      const { steps } = JSON.parse(stdout) as { steps: { milliseconds: number }[] }
      times.push(steps[0]!.milliseconds)
      spawnSync(launcher, ['release', name, '--state', folder])
    }
    return [
      {
        what: `decision to network cut, the slowest of ${cuts}`,
        measured: Math.max(...times),
        limit: 100,
        unit: 'ms',
        digits: 0,
      },
    ]
  } finally {
    docker(['rm', '--force', name])
  }
}
