import { deepEqual, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { packageResolved } from './package-resolved.ts'

test('Package.resolved 1', () => {
  const pins = [
    {
      package: 'Nimble',
      repositoryURL: 'https://github.com/Quick/Nimble.git',
      state: { branch: null, revision: 'aa', version: '9.2.1' },
    },
    {
      package: 'Branch',
      repositoryURL: 'git@github.com:a/branch.git',
      state: { branch: 'main', revision: 'bb', version: null },
    },
  ]
  const packages = foundIn(packageResolved, { 'Package.resolved': JSON.stringify({ object: { pins }, version: 1 }) })
  deepEqual(named(packages), ['github.com/Quick/Nimble 9.2.1', 'github.com/a/branch main'])
  deepEqual(packages[0]!.extra?.commit, 'aa')
})

test('Package.resolved 2 and 3', () => {
  const pins = [
    {
      identity: 'swift-nio',
      kind: 'remoteSourceControl',
      location: 'https://github.com/apple/swift-nio/',
      state: { revision: 'cc', version: '2.62.0' },
    },
    {
      identity: 'x',
      kind: 'remoteSourceControl',
      location: 'ssh://git@example.org:2222/x/y.git',
      state: { version: '1.0.0' },
    },
    { identity: 'mona.linkedlist', kind: 'registry', location: '', state: { version: '1.1.0' } },
    { identity: 'ours', kind: 'localSourceControl', location: '/Users/a/ours', state: { version: '0.1.0' } },
    { nothing: true },
  ]
  for (const version of [2, 3])
    deepEqual(named(foundIn(packageResolved, { 'a/Package.resolved': JSON.stringify({ pins, version }) })), [
      'github.com/apple/swift-nio 2.62.0',
      'example.org:2222/x/y 1.0.0',
      'mona.linkedlist 1.1.0',
      'ours 0.1.0',
    ])
})

test('what is no JSON object is refused', () => {
  throws(() => foundIn(packageResolved, { 'Package.resolved': '[' }))
})
