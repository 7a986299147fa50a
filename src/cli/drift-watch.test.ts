import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { driftPolicyOf } from './drift-watch.ts'

const state = mkdtempSync(join(tmpdir(), 'jenner-drift-flags-'))
after(() => rmSync(state, { recursive: true, force: true }))

test('the flag goes before the file, the file given before the usual one; nothing given is alert', () => {
  assert.deepEqual(driftPolicyOf(undefined, undefined, state), { default: 'alert', containers: [] })
  assert.equal(driftPolicyOf('block', undefined, state).default, 'block')
  writeFileSync(join(state, 'drift.yaml'), 'default: observe')
  writeFileSync(join(state, 'mine.yaml'), "containers: [{ names: ['a*'], policy: block }]")
  assert.equal(driftPolicyOf(undefined, undefined, state).default, 'observe')
  const policy = driftPolicyOf('observe', join(state, 'mine.yaml'), state)
  assert.equal(policy.default, 'observe')
  assert.deepEqual(policy.containers, [{ names: ['a*'], policy: 'block', mounts: [] }])
})

for (const [mode, file] of [
  ['kill', undefined],
  [undefined, join(state, 'gone.yaml')],
] as const)
  test(`refused: ${mode ?? 'a file that is not there'}`, () => assert.throws(() => driftPolicyOf(mode, file, state)))
