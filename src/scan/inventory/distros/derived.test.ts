import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgedAs } from './derived.ts'

const rows: [family: string, version: string, release: Record<string, string>, expected: string][] = [
  [
    'linuxmint',
    '21.3',
    { ID_LIKE: 'ubuntu debian', UBUNTU_CODENAME: 'jammy', VERSION_CODENAME: 'virginia' },
    'ubuntu 22.04',
  ],
  ['pop', '24.04', { ID_LIKE: 'ubuntu debian', UBUNTU_CODENAME: 'noble' }, 'ubuntu 24.04'],
  ['linuxmint', '6', { ID_LIKE: 'debian', DEBIAN_CODENAME: 'bookworm', VERSION_CODENAME: 'faye' }, 'debian 12'],
  ['devuan', '5', { ID_LIKE: 'debian', VERSION_CODENAME: 'daedalus' }, 'debian 12'],
  ['kali', '2024.1', { ID_LIKE: 'debian', VERSION_CODENAME: 'kali-rolling' }, 'kali 2024.1'],
  ['endeavouros', '', { ID_LIKE: 'arch' }, 'arch '],
  ['manjaro', '', { ID_LIKE: 'arch' }, 'manjaro '],
  ['ubuntu', '22.04', { UBUNTU_CODENAME: 'noble' }, 'ubuntu 22.04'],
  ['debian', '12', { VERSION_CODENAME: 'trixie' }, 'debian 12'],
  ['other', '1', {}, 'other 1'],
]
for (const [family, version, release, expected] of rows)
  test(`${family} ${version} is judged as ${expected}`, () => {
    const judged = judgedAs({ family, version, release })
    assert.equal(`${judged?.family} ${judged?.version}`, expected)
  })
test('no distribution stays none', () => assert.equal(judgedAs(undefined), undefined))
