import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { docker } from '../../src/runtime/drill/docker.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { runScenario } from '../../src/runtime/drill/run.ts'
import { scenarios } from '../../src/runtime/drill/scenarios.ts'
import { type RunningWatch, startDrillWatch } from '../../src/runtime/drill/watch.ts'
import { libraryTexts } from '../../src/runtime/rules/library.ts'
import { startKernelSensor } from '../../src/runtime/watch/sensor.ts'

const image = `jenner-drill-e2e:${process.pid}`
const skip =
  process.getuid?.() !== 0
    ? 'needs root'
    : spawnSync('docker', ['version'], { stdio: 'ignore' }).status !== 0
      ? 'needs Docker'
      : false

let watch: RunningWatch | undefined
let refused: string | undefined

before(async () => {
  if (skip !== false) return
  buildImage(image)
  try {
    watch = await startDrillWatch(startKernelSensor, libraryTexts())
  } catch (error) {
    refused = `the sensor cannot start here: ${error instanceof Error ? error.message : String(error)}`
  }
})

after(async () => {
  await watch?.stop()
  if (skip === false) docker(['rmi', '--force', image])
})

for (const scenario of scenarios) {
  test(`drill ${scenario.id}: ${scenario.rule}`, { skip }, async context => {
    if (!watch) return context.skip(refused)
    const result = await runScenario(scenario, { image, watch, patience: 30_000 })
    if (result.reason !== undefined) return context.skip(result.reason)
    assert.ok(result.detected, `missed; the act raised ${result.rules.join(', ') || 'nothing'}`)
    assert.equal(result.twinAlerted, false, 'the twin without the act raised the rule')
    if (scenario.mustBlock) assert.ok(result.blocked, 'the foreign program had an effect')
    assert.ok(result.cleanedUp)
    assert.ok(result.milliseconds !== null && result.milliseconds >= 0)
    context.diagnostic(`${result.milliseconds} ms from the act to the alert`)
  })
}

test('no container of a drill is left', { skip }, () => {
  const left = docker([
    'ps',
    '--all',
    '--quiet',
    '--filter',
    'label=io.jenner.drill=1',
    '--filter',
    `ancestor=${image}`,
  ])
  assert.equal(left.stdout.trim(), '')
})
