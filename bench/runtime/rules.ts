import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRuntimeFields } from '../../src/runtime/fields/fields.ts'
import { createEngine } from '../../src/runtime/rules/engine.ts'
import { loadRules } from '../../src/runtime/rules/loader/load.ts'
import type { Rule } from '../../src/runtime/rules/model.ts'
import { makeEvents } from './events.ts'

/** The first rounds (a million events) warm the code up and do not count: a sensor runs for days. */
const warmUp = 20
const rounds = 21
const eventCount = 50_000

/** How many events are judged in a second of CPU time by all rules of `folder`, the disabled ones too: generated code and closures, best and median round. */
export function measureRules(folder: string): void {
  const texts = readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .map(name => ({ name, content: readFileSync(join(folder, name), 'utf8') }))
  const rules: Rule[] = loadRules(texts).rules.map(rule => ({ ...rule, enabled: true }))
  const events = makeEvents(eventCount)
  console.log(
    `rules: ${rules.length} (all enabled), ${events.length} made-up events of ${new Set(events.map(({ type }) => type)).size} types`,
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
    const millions = (rate: number) => `${(rate / 1e6).toFixed(2)} M/s`
    console.log(
      `  ${generated ? 'generated' : 'closures '}  median ${millions(median)}  best ${millions(best)}  (bar 2.00 M/s; ${hits} matches a round)`,
    )
  }
}
