import assert from 'node:assert/strict'
import { test } from 'node:test'
import { splitVersion, type VersionParts } from './os-version.ts'

const rows: [type: string, whole: string, parts: VersionParts][] = [
  ['deb', '1:2.3-4+deb12u1', { epoch: 1, version: '2.3', release: '4+deb12u1' }],
  ['deb', '2.36-9-1', { version: '2.36-9', release: '1' }],
  ['deb', '20230311', { version: '20230311' }],
  ['rpm', '0:5.1.8-6.el9', { version: '5.1.8', release: '6.el9' }],
  ['apk', '1.2.3-r4', { version: '1.2.3-r4' }],
  ['deb', '', { version: '' }],
]
for (const [type, whole, parts] of rows)
  test(`${type} ${whole}`, () => assert.deepEqual(splitVersion(type, whole), parts))
