import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { homebrew } from './receipt.ts'

test('a keg and what it needs', () => {
  const receipt = {
    source: { tap: 'homebrew/core' },
    runtime_dependencies: [{ full_name: 'openssl@3', version: '3.2.1' }],
  }
  const packages = foundIn(homebrew, {
    'home/linuxbrew/.linuxbrew/Cellar/curl/8.6.0_1/INSTALL_RECEIPT.json': JSON.stringify(receipt),
  })
  deepEqual(named(packages), ['curl 8.6.0_1'])
  deepEqual([packages[0]!.dependsOn, packages[0]!.extra], [['openssl@3'], { tap: 'homebrew/core' }])
})

test('a keg without a receipt', () => {
  const folder = 'opt/homebrew/Cellar/afflib/3.7.20_1'
  deepEqual(named(foundIn(homebrew, { [`${folder}/.brew/afflib.rb`]: 'class Afflib < Formula\nend\n' })), [
    'afflib 3.7.20_1',
  ])
  const both = { [`${folder}/.brew/afflib.rb`]: '', [`${folder}/INSTALL_RECEIPT.json`]: '{}' }
  deepEqual(named(foundIn(homebrew, both)), ['afflib 3.7.20_1'])
})
