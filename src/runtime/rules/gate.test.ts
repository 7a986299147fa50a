import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEngine } from './engine.ts'
import { loadRules } from './loader/load.ts'

/** So many rules on the same fields that they are gated, in more than one word. */
const conditions = Array.from({ length: 40 }, (_, index) => [
  `evt.type = openat and fd.name startswith /srv/${index % 7} and proc.name != tar`,
  `evt.type = openat and fd.name endswith ".${index}" and (proc.name contains a or proc.name contains b)`,
  `evt.type = openat and not fd.name startswith /srv and proc.name in (p${index}, q)`,
])
  .flat()
  .map((condition, index) => `- {rule: R${index}, desc: d, condition: '${condition}', output: o, priority: INFO}`)
  .join('\n')

function* events(): Generator<Record<string, unknown>> {
  for (const name of ['a', 'b', 'q', 'tar', 'p7', undefined, 'z'])
    for (const path of ['/srv/1', '/srv/3/x.12', '/tmp/y.39', undefined, 7, `/srv/2/${'z'.repeat(2000)}.5`, ''])
      yield { 'evt.type': 'openat', 'fd.name': path, 'proc.name': name }
  // More texts than are kept.
  for (let index = 0; index < 5000; index++)
    yield { 'evt.type': 'openat', 'fd.name': `/srv/${index % 9}/n${index}.${index % 50}`, 'proc.name': 'q' }
}

test('gates exclude no rule that matches, for texts, numbers, nothing, long and forgotten ones', () => {
  const { rules, errors } = loadRules([{ name: 'gate.yaml', content: conditions }])
  assert.deepEqual(errors, [])
  const [gated, plain] = [createEngine(rules), createEngine(rules, { generated: false })]
  let found = 0
  for (let round = 0; round < 2; round++)
    for (const event of events()) {
      const hits = gated.judge('openat', event).map(({ name }) => name)
      assert.deepEqual(
        hits,
        plain.judge('openat', event).map(({ name }) => name),
      )
      found += hits.length
    }
  assert.ok(found > 1000)
})
