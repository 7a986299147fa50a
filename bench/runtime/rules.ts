import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RuntimeEvent } from '../../src/base/model/runtime.ts'
import { createRuntimeFields } from '../../src/runtime/fields/fields.ts'
import { createEngine } from '../../src/runtime/rules/engine.ts'
import { loadRules } from '../../src/runtime/rules/loader/load.ts'
import type { Rule } from '../../src/runtime/rules/model.ts'
import { readRecording } from '../../src/runtime/watch/recording/decode.ts'
import type { Bar } from './bars.ts'
import { makeEvents } from './events.ts'

/** The first rounds (a million events) warm the code up and do not count: a sensor runs for days. */
const warmUp = 20
const rounds = 21
const eventCount = 50_000

/** What `jenner watch --record FILE` saw, as often as it takes to make a round of it. */
function recordedEvents(file: string): RuntimeEvent[] {
  const { events } = readRecording(readFileSync(file, 'utf8'))
  if (events.length === 0) throw new Error(`no events in ${file}`)
  const times = Math.max(1, Math.ceil(eventCount / events.length))
  return Array.from({ length: times }, () => events)
    .flat()
    .slice(0, Math.max(eventCount, events.length))
}

/** How many events are judged in a second of CPU time by all rules of `folder`, the disabled ones too: generated code and closures, best and median round. */
export function measureRules(folder: string): Bar[] {
  const bars: Bar[] = []
  const texts = readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .map(name => ({ name, content: readFileSync(join(folder, name), 'utf8') }))
  const rules: Rule[] = loadRules(texts).rules.map(rule => ({ ...rule, enabled: true }))
  const recording = process.env.JENNER_RECORDING
  const events = recording === undefined ? makeEvents(eventCount) : recordedEvents(recording)
  console.log(
    `rules: ${rules.length} (all enabled), ${events.length} ${recording === undefined ? 'made-up' : 'recorded'} events of ${new Set(events.map(({ type }) => type)).size} types`,
  )
  for (const generated of [true, false]) {
    const engine = createEngine(rules, { fields: createRuntimeFields(), generated })
    const rates: number[] = []
    let hits = 0
    for (let round = 0; round < warmUp + rounds; round++) {
      hits = 0
      const start = process.cpuUsage()
      for (let index = 0; index < events.length; index++)
        hits += engine.judge(events[index]!.type, events[index]).length
      const { user, system } = process.cpuUsage(start)
      if (round >= warmUp) rates.push(events.length / ((user + system) / 1e6))
    }
    const [best = 0, median = 0] = [Math.max(...rates), rates.toSorted((a, b) => a - b)[rounds >> 1]]
    const name = generated ? 'generated' : 'closures'
    console.log(`  ${name}: best ${(best / 1e6).toFixed(2)} M/s, ${hits} matches a round`)
    if (generated)
      bars.push({
        what: `rule engine alone, ${rules.length} stock rules`,
        measured: median / 1e6,
        limit: 2,
        unit: 'M/s',
        least: true,
      })
  }
  return bars
}
