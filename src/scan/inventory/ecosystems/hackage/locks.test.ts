import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { cabalFreeze } from './cabal-freeze.ts'
import { stackLock } from './stack-lock.ts'

test('cabal.project.freeze: what any. pins; flags and comments are passed over', () => {
  const text = `active-repositories: hackage.haskell.org:merge
constraints: any.aeson ==2.2.1.0,
             aeson +ordered-keymap,
             -- any.commented ==1.0,
             any.base ==4.18.2.0,
             text == 2.0.2, setup.Cabal ==3.10.1.0, user:bytestring ==0.11, wild ==1.*,
             any.installed installed
index-state: hackage.haskell.org 2024-03-01T00:00:00Z
`
  deepEqual(named(foundIn(cabalFreeze, { 'cabal.project.freeze': text })), [
    'aeson 2.2.1.0',
    'base 4.18.2.0',
    'text 2.0.2',
  ])
})

const lock = `packages:
- completed:
    hackage: lens-aeson-1.2.3@sha256:aa,100
    pantry-tree: { sha256: bb, size: 1 }
  original:
    hackage: lens-aeson-1.2.3
- completed:
    name: ours
    version: '0.1'
    git: https://git.example.org/ours.git
    commit: 0123456789abcdef0123456789abcdef01234567
  original:
    git: https://git.example.org/ours.git
snapshots: []
`

test('stack.yaml.lock, and stack.yaml only where no lock stands beside it', () => {
  const yaml = 'resolver: lts-22.0\nextra-deps:\n- unlocked-1.0@sha256:aa,1\n- ./local\n'
  const packages = foundIn(stackLock, { 'a/stack.yaml': yaml, 'a/stack.yaml.lock': lock, 'b/stack.yaml': yaml })
  deepEqual(named(packages), ['lens-aeson 1.2.3', 'ours 0.1', 'unlocked 1.0'])
  deepEqual(
    packages.map(found => found.path),
    ['a/stack.yaml.lock', 'a/stack.yaml.lock', 'b/stack.yaml'],
  )
})
