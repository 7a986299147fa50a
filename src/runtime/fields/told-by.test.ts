import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Descriptor } from '../../base/model/runtime.ts'
import { createEngine } from '../rules/engine.ts'
import { loadRules } from '../rules/loader/load.ts'
import { createRuntimeFields } from './fields.ts'
import { someEvent } from './testing.ts'

/** Enough of them that answers are kept by the path and rules are gated by it. */
const conditions = [
  'fd.directory in (/etc, /dev)',
  'fd.filename in (passwd, shadow)',
  'fd.name startswith /etc/ and fd.filename endswith w',
  '(fd.directory = / or fd.filename = mem or fd.name = /dev/mem)',
  'fd.directory exists and not fd.name contains x',
  'fd.filename exists',
  'fd.name exists and not fd.directory exists',
  'fd.name contains passwd',
]
const names = [
  '/etc/passwd',
  '/etc/shadow',
  '/dev/mem',
  '/',
  'passwd',
  '',
  '/etc/x/passwd',
  `/etc/${'p'.repeat(1100)}w`,
]
const kinds: Pick<Descriptor, 'typechar'>['typechar'][] = ['f', 'd', 'u', '4', 'p']

test('answers kept by a path hold for files and folders alone, whatever was seen before under that name', () => {
  const written = conditions.map(
    (condition, index) =>
      `- {rule: R${index}, desc: d, condition: 'evt.type = openat and ${condition}', output: o, priority: INFO}`,
  )
  const { rules, errors } = loadRules([{ name: 'path.yaml', content: written.join('\n') }])
  assert.deepEqual(errors, [])
  const fields = createRuntimeFields()
  const [generated, closures] = [true, false].map(each => createEngine(rules, { fields, generated: each }))
  const descriptors = [
    undefined,
    ...names.flatMap(name => kinds.map((typechar, num): Descriptor => ({ num, typechar, name }))),
  ]
  const found = new Set<string>()
  for (const fd of [...descriptors, ...descriptors.toReversed()]) {
    const event = someEvent('openat', fd ? { fd } : {})
    const hits = generated!.judge('openat', event).map(({ name }) => name)
    assert.deepEqual(
      hits,
      closures!.judge('openat', event).map(({ name }) => name),
      JSON.stringify(fd),
    )
    for (const hit of hits) found.add(hit)
  }
  assert.equal(found.size, conditions.length)
})
