import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseImageName } from './image-name.ts'

const digest = `sha256:${'ab'.repeat(32)}`
const cases: [name: string, repository: string, tag: string, digest?: string][] = [
  ['nginx', 'nginx', 'latest'],
  ['nginx:1.25', 'nginx', '1.25'],
  ['registry.example:5000/a/b', 'registry.example:5000/a/b', 'latest'],
  ['registry.example:5000/a/b:2', 'registry.example:5000/a/b', '2'],
  [`nginx@${digest}`, 'nginx', '', digest],
  [`nginx:1@${digest}`, 'nginx', '1', digest],
  [digest, '', ''],
  ['0123456789ab', '', ''],
  ['', '', 'latest'],
]

for (const [name, repository, tag, found] of cases) {
  test(`image name ${name}`, () => {
    assert.deepEqual(parseImageName(name), { repository, tag, ...(found ? { digest: found } : {}) })
  })
}
