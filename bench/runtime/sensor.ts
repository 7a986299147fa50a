/**
 * Events a second that the sensor reads and decodes, its CPU per million, what was lost,
 * and the CPU of work in a container with the sensor over that without. Needs root, Docker and a static busybox.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { probe } from '../../src/runtime/sensor/probe.ts'
import { type Counters, type Sensor, startSensor } from '../../src/runtime/sensor/sensor.ts'

const image = 'jenner-bench-sensor:1'
const rounds = 3

const workloads: Record<string, string> = {
  'fork + exec': 'i=0; while [ $i -lt 800 ]; do /bin/busybox true; i=$((i+1)); done',
  'shell loop': 'i=0; while [ $i -lt 400 ]; do echo $i | /bin/cat > /dev/null; i=$((i+1)); done',
  find: 'i=0; while [ $i -lt 100 ]; do /bin/busybox find /tree > /dev/null; i=$((i+1)); done',
  'open + close': 'i=0; while [ $i -lt 60000 ]; do : < /etc/passwd; i=$((i+1)); done',
}

function buildImage(): void {
  const dir = mkdtempSync(join(tmpdir(), 'jenner-bench-'))
  const script = `mkdir -p bin tmp etc tree; cp /bin/busybox bin/; for a in sh cat; do ln -s busybox bin/$a; done; echo root > etc/passwd
    for i in $(seq 40); do mkdir -p tree/$i; for j in $(seq 40); do : > tree/$i/$j; done; done; tar -c . | docker import - ${image}`
  execFileSync('sh', ['-c', script], { cwd: dir, stdio: 'pipe' })
  rmSync(dir, { recursive: true, force: true })
}

/** Seconds of CPU of a script in a fresh container, as `times` tells them: the shell's and its children's. */
function cpuOf(script: string): number {
  const args = ['run', '--rm', '--network', 'none', image, '/bin/sh', '-c', `${script}; times`]
  const { stdout } = spawnSync('docker', args, { encoding: 'utf8' })
  return [...stdout.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  )
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]!
}

const start = (): Promise<Sensor> => startSensor({ judge: new URL('./count-judge.ts', import.meta.url) })

async function settled(sensor: Sensor): Promise<Counters> {
  for (;;) {
    const counters = await sensor.counters()
    if (counters.received === counters.sent) return counters
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

async function throughput(): Promise<void> {
  const sensor = await start()
  const before = await settled(sensor)
  const cpu = process.cpuUsage()
  const began = performance.now()
  const loop = '(i=0; while [ $i -lt 300000 ]; do : > /tmp/flood; i=$((i+1)); done)'
  spawnSync('docker', ['run', '--rm', '--network', 'none', image, '/bin/sh', '-c', `${loop} & ${loop} & wait`])
  const seconds = (performance.now() - began) / 1000
  const after = await settled(sensor)
  const used = process.cpuUsage(cpu)
  await sensor.close()
  const received = after.received - before.received
  const lost = Object.values(after.lost).reduce((sum, each) => sum + each, 0)
  console.log(
    `produced ${after.produced - before.produced}, filtered ${after.filtered - before.filtered}, judged ${after.judged - before.judged}, lost ${lost}`,
  )
  console.log(`${Math.round(received / seconds)} events/s (container start included)`)
  console.log(`${((used.user + used.system) / received).toFixed(2)} s of CPU per million events`)
  console.log(`RSS ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB`)
}

async function overhead(): Promise<void> {
  for (const [name, script] of Object.entries(workloads)) {
    const without: number[] = []
    const beside: number[] = []
    for (let round = 0; round < rounds; round++) {
      without.push(cpuOf(script))
      const sensor = await start()
      beside.push(cpuOf(script))
      await sensor.close()
    }
    const ratio = median(beside) / median(without)
    console.log(
      `${name}: ${median(without).toFixed(2)} s without, ${median(beside).toFixed(2)} s with, ratio ${ratio.toFixed(2)}`,
    )
  }
}

/** Prints all of it, or why it cannot be measured here. */
export async function measureSensor(): Promise<void> {
  const { usable, lacks } = probe()
  if (!usable) return console.log(`sensor: skipped, it needs ${lacks.map(lack => lack.what).join(', ')}`)
  if (spawnSync('docker', ['version']).status !== 0) return console.log('sensor: skipped, it needs Docker')
  if (!existsSync('/bin/busybox')) return console.log('sensor: skipped, it needs a static busybox')
  buildImage()
  try {
    await throughput()
    await overhead()
  } finally {
    spawnSync('docker', ['rmi', '-f', image])
  }
}
