import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { elfOf } from '../../../../base/program/testing.ts'
import { memoryFile } from '../../../image/content.ts'
import { rustbinary } from './binary.ts'

const list = {
  packages: [
    { name: 'app', version: '1.0.0', source: 'local', root: true, dependencies: [1, 2] },
    { name: 'libc', version: '0.2.150', source: 'crates.io' },
    { name: 'cc', version: '1.0.83', source: 'crates.io', kind: 'build' },
    { name: 'serde', version: '1.0.193', source: 'crates.io', kind: 'runtime', dependencies: [1, 99, 'x'] },
  ],
}

test('crates linked in, without those of the build', () => {
  const packages = parse(elfOf({ '.text': Buffer.alloc(1024), '.dep-v0': deflateSync(JSON.stringify(list)) }))!
  assert.deepEqual(
    packages.map(found => [found.id, found.name, found.relationship, found.dependsOn]),
    [
      ['0', 'app', 'root', ['1']],
      ['1', 'libc', 'direct', []],
      ['3', 'serde', 'indirect', ['1']],
    ],
  )
})

test('a program without the section is nothing; one with garbage in it is an error', () => {
  assert.equal(parse(elfOf({ '.text': Buffer.alloc(1024) })), undefined)
  assert.throws(() => parse(elfOf({ '.dep-v0': Buffer.from('not zlib at all') })), /does not inflate/)
  assert.throws(() => parse(elfOf({ '.dep-v0': deflateSync('[]') })), /no JSON object/)
})

test('a section that inflates without end is refused', () => {
  const bomb = deflateSync(Buffer.alloc(80 * 1024 * 1024))
  assert.throws(() => parse(elfOf({ '.dep-v0': bomb })), /does not inflate/)
})

test('flipped bytes never end in anything but packages or a JennerError', () => {
  const bytes = elfOf({ '.text': Buffer.alloc(16), '.dep-v0': deflateSync(JSON.stringify(list)) })
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes)
    damaged[at] = damaged[at]! ^ 0x41
    try {
      parse(damaged)
    } catch (error) {
      assert.equal((error as Error).name, 'JennerError', `byte ${at}: ${error}`)
    }
  }
})

function parse(bytes: Buffer): FoundPackage[] | undefined {
  return rustbinary.parse(memoryFile({ path: 'app', size: bytes.length, mode: 0o755 }, bytes)) as
    | FoundPackage[]
    | undefined
}
