import { deepEqual, equal } from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Containers } from '../runtime/containers/open.ts'
import { createResponse } from './response.ts'

const good = 'playbooks:\n  - name: cut off\n    when: { severity: critical }\n    steps: [isolate]\n'

test('playbooks that cannot be read are told, and what held before still does', t => {
  const state = mkdtempSync(join(tmpdir(), 'jenner-response-'))
  t.after(() => rmSync(state, { recursive: true, force: true }))
  const said: string[] = []
  const containers = { list: () => [], onChange: () => () => {} } as unknown as Containers
  const response = createResponse({ state, containers, say: line => said.push(line), onDone() {} })
  const names = () => response.responder().policy.playbooks.map(({ name }) => name)
  response.configure({ playbooks: 'title: t', protected: ['db'] })
  deepEqual([names(), said.length], [[], 1])
  response.configure({ playbooks: good, protected: [] })
  deepEqual(names(), ['cut off'])
  response.configure({ playbooks: 'title: t', protected: ['db'] })
  deepEqual([names(), response.responder().policy.protect.names], [['cut off'], ['db']])
  equal(said.length, 2)
  response.stop()
})
