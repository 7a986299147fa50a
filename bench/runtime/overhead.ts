/** CPU of work in a container with the sensor over that without, in turns. */
import { spawnSync } from 'node:child_process'
import { startSensor } from '../../src/runtime/sensor/sensor.ts'
import { type Bar, median } from './bars.ts'

const rounds = 5

/** Each takes some seconds: `times` counts in hundredths. */
const workloads: { name: string; limit: number; script: string }[] = [
  { name: 'fork + exec', limit: 1.1, script: 'i=0; while [ $i -lt 3000 ]; do /bin/busybox true; i=$((i+1)); done' },
  {
    name: 'shell loop',
    limit: 1.05,
    script: 'i=0; while [ $i -lt 6000 ]; do echo $i | /bin/cat > /dev/null; i=$((i+1)); done',
  },
  {
    name: 'find',
    limit: 1.1,
    script: 'i=0; while [ $i -lt 150 ]; do /bin/busybox find /tree > /dev/null; i=$((i+1)); done',
  },
  {
    name: 'tar',
    limit: 1.1,
    script: 'i=0; while [ $i -lt 160 ]; do /bin/busybox tar -cf /dev/null /tree; i=$((i+1)); done',
  },
  { name: 'open + close', limit: 1.25, script: 'i=0; while [ $i -lt 240000 ]; do : < /etc/passwd; i=$((i+1)); done' },
]

export async function measureOverhead(image: string): Promise<Bar[]> {
  const bars: Bar[] = []
  for (const { name, limit, script } of workloads) {
    const ratios: number[] = []
    for (let round = 0; round < rounds; round++) {
      const without = cpuOf(image, script)
      const sensor = await startSensor({ judge: new URL('./count-judge.ts', import.meta.url) })
      const beside = cpuOf(image, script)
      await sensor.close()
      ratios.push(beside / without)
    }
    bars.push({ what: `workload CPU, ${name}`, measured: median(ratios), limit, unit: '×' })
  }
  return bars
}

/** Seconds of CPU of a script in a fresh container, as `times` tells them: the shell's and its children's. */
function cpuOf(image: string, script: string): number {
  const args = ['run', '--rm', '--network', 'none', image, '/bin/busybox', 'sh', '-c', `${script}; times`]
  const { stdout } = spawnSync('docker', args, { encoding: 'utf8' })
  return [...stdout.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  )
}
