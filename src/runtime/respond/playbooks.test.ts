import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Alert } from '../../base/model/runtime.ts'
import { createPlaybookRunner } from './playbooks.ts'
import { parsePolicy } from './policy/parse.ts'
import type { ActRequest, Responder } from './responder.ts'

const base = mkdtempSync(join(tmpdir(), 'jenner-playbooks-'))
after(() => rmSync(base, { recursive: true, force: true }))

const alertOf = (id: string): Alert => ({
  time: '',
  rule: 'A rule',
  priority: 'Critical',
  source: 'syscall',
  output: '',
  output_fields: {},
  hostname: '',
  tags: ['bad'],
  container: { id, name: '', image: '', imageId: '' },
})

/** A responder that writes down what it is asked; containers whose id begins with `f` fail. */
function recorder(enabled: boolean, max: number) {
  const asked: ActRequest[] = []
  const text = `enabled: ${enabled}\nplaybooks:\n  - { name: p, when: { tags: [bad] }, steps: [evidence, isolate], max: ${max} }\n`
  const responder: Responder = {
    act: async request => {
      if (request.container.startsWith('f')) throw new Error('no')
      asked.push(request)
      return { container: { id: request.container, name: '', image: '' }, steps: [] }
    },
    release: async () => assert.fail(),
    active: () => [],
    damaged: () => [],
    tidy: async () => assert.fail(),
    policy: parsePolicy(text).policy,
    folder: mkdtempSync(join(base, 'state-')),
    close: () => {},
  }
  return { asked, responder }
}

test('a flood of alerts is answered once, and again when the quiet time is over', async () => {
  const { asked, responder } = recorder(true, 100)
  let now = 1_000_000
  const { respond } = createPlaybookRunner(responder, () => now)
  const modes = await Promise.all(Array.from({ length: 50 }, () => respond(alertOf('a')).then(done => done?.mode)))
  assert.deepEqual(modes.filter(mode => mode === 'run').length, 1)
  assert.deepEqual(
    asked.map(({ action }) => action),
    ['evidence', 'isolate'],
  )
  now += 600_001
  assert.equal((await respond(alertOf('a')))?.mode, 'run')
})

test('the limit counts containers that something was done to, and holds over a restart', async () => {
  const { asked, responder } = recorder(true, 2)
  const { respond } = createPlaybookRunner(responder)
  const failed = await respond(alertOf('f1'))
  assert.deepEqual(failed?.errors, ['evidence: no', 'isolate: no'])
  for (const [id, mode] of [
    ['a', 'run'],
    ['b', 'run'],
    ['c', 'limited'],
  ] as const)
    assert.equal((await respond(alertOf(id)))?.mode, mode)
  assert.equal(asked.length, 4)
  assert.equal((await createPlaybookRunner(responder).respond(alertOf('d')))?.mode, 'limited')
})

test('until enabled, only what would be done is said', async () => {
  const { asked, responder } = recorder(false, 2)
  const { respond } = createPlaybookRunner(responder)
  assert.equal((await respond(alertOf('a')))?.mode, 'dry-run')
  assert.deepEqual(
    asked.map(({ dryRun }) => dryRun),
    [true, true],
  )
  assert.equal(await respond({ ...alertOf('a'), tags: [] }), undefined)
})
