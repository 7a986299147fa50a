import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { memoryFile } from '../../../image/content.ts'
import { rpmqa } from './manifest.ts'

const second = [
  'filesystem\t1.1-20.azl3\t1700000000\t1690000000\tMicrosoft Corporation\t(none)\t7596\tx86_64\t0\tfilesystem-1.1-20.azl3.src.rpm',
  'openssl-libs\t3.3.0-1.azl3\t1700000000\t1690000000\tMicrosoft Corporation\t(none)\t1\tx86_64\t1\topenssl-3.3.0-1.azl3.src.rpm',
  '',
].join('\n')

test('container-manifest-2: fields by tabs, epoch 0 left out', () => {
  assert.deepEqual(
    parse('container-manifest-2', second).map(found => [found.name, found.version, found.source?.name, found.arch]),
    [
      ['filesystem', '1.1-20.azl3', 'filesystem', 'x86_64'],
      ['openssl-libs', '1:3.3.0-1.azl3', 'openssl', 'x86_64'],
    ],
  )
})

test('container-manifest-1: names alone, used where the other is not', () => {
  const first = parse('container-manifest-1', 'openssl-libs-3.3.0-1.azl3.x86_64\n')
  assert.deepEqual(
    first.map(found => [found.name, found.version, found.arch]),
    [['openssl-libs', '3.3.0-1.azl3', 'x86_64']],
  )
  const facts = new Map([
    ['var/lib/rpmmanifest/container-manifest-1', first],
    ['var/lib/rpmmanifest/container-manifest-2', parse('container-manifest-2', second)],
  ])
  const files = [...facts].map(([path, value]) => ({ path, facts: value }))
  assert.equal(rpmqa.assemble!({ files, get: path => facts.get(path) }).length, 2)
})

test('lines that are no package are told; nothing but such lines is an error', () => {
  const problems: string[] = []
  rpmqa.parse(fileOf('container-manifest-2', `${second}garbage\n`), (_, detail) => problems.push(detail))
  assert.deepEqual(problems, ['1 of 3 lines are no package'])
  assert.throws(() => parse('container-manifest-2', 'garbage\n'), /none of 1 lines/)
})

function fileOf(name: string, text: string) {
  const bytes = Buffer.from(text)
  return memoryFile({ path: `var/lib/rpmmanifest/${name}`, size: bytes.length, mode: 0o644 }, bytes)
}

function parse(name: string, text: string): FoundPackage[] {
  return rpmqa.parse(fileOf(name, text)) as FoundPackage[]
}
