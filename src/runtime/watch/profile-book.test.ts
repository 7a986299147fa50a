import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { apply, createProfile, observe } from '../profile/profile.ts'
import { testEvent } from '../profile/testing.ts'
import { createDriftList, noteDrift } from './drift/list.ts'
import { countsOf, exportEntry, findEntries, importEntry, readBook, relearned, saveEntry } from './profile-book.ts'

const image = `sha256:${'ab12'.repeat(16)}`

function entry() {
  const profile = createProfile(image, 0n)
  profile.name = 'registry.example/shop:1.2'
  apply(profile, observe(profile, testEvent('execve', 1)))
  profile.learning.done = true
  const drift = createDriftList(image, profile.name)
  noteDrift(drift, '/opt/tool', 'exec', '2026-01-01T00:00:00Z')
  return { image, name: profile.name, profile, drift }
}

test('what is saved is read, found by digest or name, and carried over as JSON', () => {
  const state = mkdtempSync(join(tmpdir(), 'jenner-book-'))
  try {
    const whole = entry()
    saveEntry(state, whole)
    const { entries, problems } = readBook(state)
    assert.deepEqual(problems, [])
    assert.deepEqual(entries, [whole])
    for (const asked of [
      image,
      image.slice(7),
      image.slice(7, 19),
      'registry.example/shop:1.2',
      'registry.example/shop',
    ])
      assert.equal(findEntries(entries, asked).length, 1, asked)
    for (const asked of ['shop', 'ab', '', 'registry.example/shop:1'])
      assert.equal(findEntries(entries, asked).length, 0, asked)
    assert.deepEqual(importEntry(exportEntry(whole)), whole)
    const { profile: _, ...listAlone } = whole
    assert.deepEqual(importEntry(exportEntry(listAlone)), listAlone)
    assert.ok((countsOf(whole.profile)['executable'] ?? 0) > 0)
    assert.equal(countsOf(relearned(whole.profile, false))['executable'], 0)
    assert.equal(relearned(whole.profile, true).learning.done, false)
    mkdirSync(join(state, 'profiles'), { recursive: true })
    writeFileSync(join(state, 'profiles', `${'0'.repeat(64)}.json`), '{')
    assert.equal(readBook(state).problems.length, 1)
  } finally {
    rmSync(state, { recursive: true, force: true })
  }
})

for (const [what, text] of [
  ['no JSON', '{'],
  ['nothing', '{}'],
  ['an image that is no digest', JSON.stringify({ version: 1, image: '../../etc/passwd', paths: [] })],
  ['a list of another image', exportEntry({ ...entry(), drift: createDriftList(`sha256:${'0'.repeat(64)}`, 'x') })],
] as const)
  test(`not taken over: ${what}`, () => assert.equal(typeof importEntry(text), 'string'))
