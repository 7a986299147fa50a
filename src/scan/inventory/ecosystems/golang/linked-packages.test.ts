import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { sourceOf } from '../../../../base/byte-source.ts'
import { elfOf } from '../../../../base/program/testing.ts'
import { byModule, linkedPackages } from './linked-packages.ts'

const names = [
  'runtime.main',
  'main.main',
  'net/http.(*Server).Serve',
  'github.com/a/b/v2/sub.New[...]',
  'gopkg.in/yaml%2ev2.Marshal',
  'type:.eq.github.com/not/this.T',
  'type..hash.github.com/not/this',
  'go.(*struct { github.com/not/this.T }).Close',
  'vendor/golang.org/x/net/idna.init',
]

function table(magic: number): Buffer {
  const text = Buffer.from(`${names.join('\0')}\0`)
  const words = magic === 0xfffffffa ? 2 : 3
  const header = Buffer.alloc(96)
  header.writeUInt32LE(magic, 0)
  header.set([0, 0, 1, 8], 4)
  header.writeBigUInt64LE(96n, 8 + words * 8)
  header.writeBigUInt64LE(BigInt(96 + text.length), 8 + (words + 1) * 8)
  return Buffer.concat([header, text])
}

const expected = [
  'github.com/a/b/v2/sub',
  'gopkg.in/yaml.v2',
  'main',
  'net/http',
  'runtime',
  'vendor/golang.org/x/net/idna',
]

test('packages of the functions in a program, in the section or joined to others', () => {
  for (const magic of [0xfffffff1, 0xfffffff0, 0xfffffffa])
    deepEqual([...linkedPackages(sourceOf(elfOf({ '.gopclntab': table(magic) })))!].sort(), expected)
  const joined = elfOf({ '.data.rel.ro': Buffer.concat([Buffer.alloc(64), table(0xfffffff1)]) })
  deepEqual([...linkedPackages(sourceOf(joined))!].sort(), expected)
})

test('no table, another magic, one that points outside', () => {
  equal(linkedPackages(sourceOf(elfOf({ '.text': Buffer.alloc(200) }))), undefined)
  equal(linkedPackages(sourceOf(elfOf({ '.gopclntab': table(0xfffffffb) }))), undefined)
  const outside = table(0xfffffff1)
  outside.writeBigUInt64LE(1n << 40n, 40)
  equal(linkedPackages(sourceOf(elfOf({ '.gopclntab': outside }))), undefined)
})

test('by module, the longest path first', () => {
  const modules = ['github.com/a/b/v2', 'github.com/a/b', 'github.com/unused/m']
  deepEqual(
    [...byModule(['github.com/a/b/v2/sub', 'github.com/a/bc', 'net/http', 'main'], modules)],
    [
      ['', ['net/http']],
      ['github.com/a/b/v2', ['github.com/a/b/v2/sub']],
      ['github.com/a/b', []],
      ['github.com/unused/m', []],
    ],
  )
})
