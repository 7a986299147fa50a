import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Scanner } from '../base/model/content.ts'
import type { Inventory } from '../base/model/inventory.ts'
import { judge } from './judge.ts'

const inventory: Inventory = {
  artifact: { name: 'x', type: 'filesystem', repoTags: [], repoDigests: [], layers: [], size: 0 },
  packages: [],
  malware: [],
  incomplete: [
    { path: 'requirements.txt', code: 'version_unknown', detail: 'required without a version: six' },
    { path: 'b.7z', code: 'too_large', detail: 'malware: holds more than 1024 bytes' },
  ],
  notices: [{ path: 'a.zip', code: 'encrypted', detail: 'malware: in/a.txt is encrypted' }],
  timing: {},
}
const judged = (scanners: Scanner[]) => judge(inventory, undefined, { scanners })

test('an archive that is damaged itself is a warning; what met a limit of ours is incomplete', () => {
  const { Incomplete, Warnings } = judged(['malware'])
  assert.deepEqual(
    Incomplete.map(({ path }) => path),
    ['b.7z'],
  )
  assert.deepEqual(Warnings, [
    { code: 'damaged', source: 'a.zip', detail: 'is encrypted: malware: in/a.txt is encrypted' },
  ])
})

test('a version that cannot be compared is missing where packages are asked for', () => {
  assert.equal(judged(['vuln', 'malware']).Incomplete.length, 2)
})
