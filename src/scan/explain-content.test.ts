import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Secret } from '../base/model/content.ts'
import type { Inventory } from '../base/model/inventory.ts'
import { readIgnoreLines } from './advisories/vex/ignore-lines.ts'
import { explainContentIn } from './explain-content.ts'
import { judge } from './judge.ts'

const secret = (startLine: number, more: Partial<Secret> = {}): Secret => ({
  offset: 0,
  length: 8,
  rule: 'generic-secret',
  category: 'credential',
  severity: 'HIGH',
  title: 'a secret',
  startLine,
  endLine: startLine,
  match: 'password: ******',
  fingerprint: `f${startLine}`,
  ...more,
})

const inventory: Inventory = {
  artifact: { name: 'x', type: 'filesystem', repoTags: [], repoDigests: [], layers: [], size: 0 },
  packages: [],
  secrets: [
    { path: 'app/.env', secrets: [secret(3), secret(9, { certainty: 'low' })] },
    { path: 'old/.env', secrets: [secret(1)] },
    { path: 'key.pem', secrets: [secret(1, { rule: 'private-key' })] },
  ],
  incomplete: [],
  timing: {},
}

test('every place of a rule, reported or not, with the reason', () => {
  const decisions = [readIgnoreLines('.jennerignore', 'generic-secret path:old/** owner:kim reason: rotated')]
  const report = judge(inventory, undefined, { scanners: ['secret'], decisions })
  const { places } = explainContentIn('Generic-Secret', report)
  assert.deepEqual(
    places.map(({ place, outcome, statement }) => [place, outcome, statement]),
    [
      ['app/.env:3', 'reported', undefined],
      ['app/.env:9', 'low_certainty', undefined],
      ['old/.env', 'ignored', 'rotated; owner kim'],
    ],
  )
  assert.equal(places[0]?.match, 'password: ******')
  assert.deepEqual(explainContentIn('nothing', report).places, [])
})
