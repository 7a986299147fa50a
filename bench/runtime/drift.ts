/** Two hundred copied programs and two hundred of the image, under `block`. */
import { docker, dockerAsync } from '../../src/runtime/drill/docker.ts'
import { startSensor } from '../../src/runtime/sensor/sensor.ts'
import type { Bar } from './bars.ts'

export async function measureDrift(image: string): Promise<Bar[]> {
  const sensor = await startSensor({ judge: new URL('./count-judge.ts', import.meta.url) })
  const script =
    'for ((i = 0; i < 200; i++)); do cp /usr/bin/echo /tmp/e$i; /tmp/e$i effect; /usr/bin/echo fine; done 2> /dev/null'
  const { stdout: id } = docker(['create', '--network', 'none', image, 'bash', '-c', script])
  try {
    await sensor.setPolicy(id.trim(), 'block')
    const { stdout } = await dockerAsync(['start', '--attach', id.trim()], 120_000)
    const count = (word: string): number => stdout.split('\n').filter(line => line === word).length
    return [
      {
        what: 'copied programs with an effect, of 200',
        measured: count('effect'),
        limit: 0,
        unit: 'programs',
        digits: 0,
      },
      {
        what: 'untouched programs that ran, of 200',
        measured: count('fine'),
        limit: 200,
        unit: 'programs',
        least: true,
        digits: 0,
      },
    ]
  } finally {
    await sensor.close()
    docker(['rm', '--force', id.trim()])
  }
}
