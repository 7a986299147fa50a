/**
 * `npm run bench:runtime`: every bar of the runtime part in one run, each with met or missed. `JENNER_CORPUS` names the folder of the test corpus; without it
 * what needs the stock rules is not measured. Figures mean something on a machine that does nothing else.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { docker } from '../../src/runtime/drill/docker.ts'
import { probe } from '../../src/runtime/sensor/probe.ts'
import { type Bar, barLines } from './bars.ts'
import { measureDrift } from './drift.ts'
import { buildBenchImage } from './image.ts'
import { measureCut, measureLatency } from './latency.ts'
import { measureOverhead } from './overhead.ts'
import { measureRules } from './rules.ts'
import { measureThroughput } from './throughput.ts'

const places = [process.env.JENNER_CORPUS, fileURLToPath(new URL('../../.work/corpus', import.meta.url))]
const stock = places
  .filter(place => place !== undefined)
  .map(place => `${place}/rules/falco`)
  .find(existsSync)
const bars: Bar[] = []

console.log(
  `load of the machine before: ${loadavg()
    .map(each => each.toFixed(1))
    .join(' ')}`,
)
if (stock === undefined) console.log('skipped: the stock rules are not here (JENNER_CORPUS)')
else bars.push(...measureRules(stock))
const lacks = whatIsMissing()
if (lacks !== undefined) console.log(`skipped: the sensor, which needs ${lacks}`)
else bars.push(...(await measureSensor()))
for (const line of barLines(bars)) console.log(line)

function whatIsMissing(): string | undefined {
  const { usable, lacks: found } = probe()
  if (!usable) return found.map(({ what }) => what).join(', ')
  if (spawnSync('docker', ['version'], { stdio: 'ignore' }).status !== 0) return 'Docker'
  return existsSync('/bin/busybox') ? undefined : 'a static busybox'
}

async function measureSensor(): Promise<Bar[]> {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-bench-'))
  const image = `jenner-bench-runtime-${process.pid}:1`
  const files = stock === undefined ? [] : readdirSync(stock).filter(name => name.endsWith('.yaml'))
  try {
    buildBenchImage(image)
    return [
      ...(files.length > 0
        ? await measureThroughput(
            image,
            files.map(name => join(stock!, name)),
          )
        : []),
      ...(await measureLatency(image, folder)),
      ...measureCut(image, folder),
      ...(await measureDrift(image)),
      ...(await measureOverhead(image)),
    ]
  } finally {
    docker(['rmi', '--force', image])
    rmSync(folder, { recursive: true, force: true })
  }
}
