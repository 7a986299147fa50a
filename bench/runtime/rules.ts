import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RuntimeEvent } from '../../src/base/model/runtime.ts'
import { createRuntimeFields } from '../../src/runtime/fields/fields.ts'
import { createEngine, type RuleEngine } from '../../src/runtime/rules/engine.ts'
import { loadRules } from '../../src/runtime/rules/loader/load.ts'
import type { Rule } from '../../src/runtime/rules/model.ts'
import { type Bar, median } from './bars.ts'
import { makeEvents } from './events.ts'
import { mixOf, recordedEvents } from './recording.ts'

/** The first rounds (a million events) warm the code up and do not count: a sensor runs for days. */
const warmUp = 20
const rounds = 21
/** Events of a round. */
const roundSize = 50_000

/**
 * How many events are judged in a second of CPU time by all rules of `folder`, the disabled ones too. The bar is about recorded events: those that are kept here, or
 * `JENNER_RECORDING=FILE` (of `jenner watch --record FILE`). Events that are made up so that more rules have to look at each are a second line.
 */
export function measureRules(folder: string): Bar[] {
  const rules = rulesOf(folder)
  const file = process.env.JENNER_RECORDING
  const recorded = recordedEvents(file)
  console.log(`rules: ${rules.length} (all enabled)`)
  const bars: Bar[] = []
  if (recorded === undefined) console.log('skipped: no recording (bench/runtime/record.ts makes one)')
  else {
    const { generated, closures } = rates(rules, recorded, `recorded${file === undefined ? '' : ` (${file})`}`)
    bars.push({
      what: `rule engine alone, ${rules.length} stock rules, recorded events`,
      measured: generated / 1e6,
      limit: 2,
      unit: 'M/s',
      least: true,
    })
    console.log(`  by the reference (closures): ${(closures / 1e6).toFixed(2)} M/s`)
  }
  rates(rules, makeEvents(roundSize), 'made-up (stricter, no bar)')
  return bars
}

function rulesOf(folder: string): Rule[] {
  const texts = readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .map(name => ({ name, content: readFileSync(join(folder, name), 'utf8') }))
  return loadRules(texts).rules.map(rule => ({ ...rule, enabled: true }))
}

/** Median events a second by generated code, and by closures. */
function rates(
  rules: readonly Rule[],
  events: readonly RuntimeEvent[],
  kind: string,
): { generated: number; closures: number } {
  console.log(`${events.length} ${kind} events of ${new Set(events.map(({ type }) => type)).size} types`)
  console.log(`  ${mixOf(events)}`)
  const [fast, slow] = [true, false].map(generated => {
    const engine = createEngine(rules, { fields: createRuntimeFields(), generated })
    return rate(engine, events, generated)
  })
  return { generated: fast!, closures: slow! }
}

function rate(engine: RuleEngine, events: readonly RuntimeEvent[], told: boolean): number {
  const times = Math.max(1, Math.ceil(roundSize / events.length))
  const found: number[] = []
  let hits = 0
  for (let round = 0; round < warmUp + rounds; round++) {
    hits = 0
    const start = process.cpuUsage()
    for (let time = 0; time < times; time++)
      for (let index = 0; index < events.length; index++)
        hits += engine.judge(events[index]!.type, events[index]).length
    const { user, system } = process.cpuUsage(start)
    if (round >= warmUp) found.push((events.length * times) / ((user + system) / 1e6))
  }
  if (told)
    console.log(
      `  median ${(median(found) / 1e6).toFixed(2)}, best ${(Math.max(...found) / 1e6).toFixed(2)} M/s, ${hits / times} matches a round`,
    )
  return median(found)
}
