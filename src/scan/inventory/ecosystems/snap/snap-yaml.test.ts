import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn } from '../../check-extractor.ts'
import { snapYaml } from './snap-yaml.ts'

test('a snap: its version is text', () => {
  const text = 'name: core22\nversion: 20240111\nlicense: GPL-3.0\narchitectures:\n- amd64\n'
  deepEqual(foundIn(snapYaml, { 'snap/core22/1122/meta/snap.yaml': text }), [
    { name: 'core22', version: '20240111', licenses: ['GPL-3.0'], arch: 'amd64' },
  ])
  deepEqual(foundIn(snapYaml, { 'meta/snap.yaml': 'summary: x\n' }), [])
})
