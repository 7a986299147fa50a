import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deserialize, serialize } from 'node:v8'
import fc from 'fast-check'
import type { Package } from '../../base/model/package.ts'
import { packPackages, unpackPackages } from './packed-packages.ts'

function packageOf(rest: Partial<Package>): Package {
  const purl = 'pkg:npm/a@1'
  const whole = { id: `${purl}#a/package.json`, name: 'a', version: '1', type: 'npm', purl, foundBy: 'node-pkg' }
  return { ...whole, path: 'a/package.json', licenses: [], dependsOn: [], ...rest }
}

const words = fc.string({ unit: 'grapheme', maxLength: 12 })
const facts = fc.record(
  {
    id: words,
    name: words,
    version: words,
    purl: words,
    path: words,
    licenses: fc.array(words, { maxLength: 3 }),
    dependsOn: fc.array(words, { maxLength: 3 }),
    layer: fc.record({ index: fc.nat(3), digest: words }, { requiredKeys: ['index'] }),
    lines: fc.record({ start: fc.nat(), end: fc.nat() }),
    source: fc.record({ name: words, version: words }),
    module: words,
    thirdParty: fc.boolean(),
    files: fc.array(words, { maxLength: 3 }),
    extra: fc.dictionary(
      words.filter(word => word !== '__proto__'),
      words,
      { maxKeys: 2, noNullPrototype: true },
    ),
  },
  { requiredKeys: [] },
)

test('packages come out as they went in, through the file form too', () => {
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 20 }), list => {
      const packages = list.map(packageOf)
      const back = unpackPackages(deserialize(serialize(packPackages(packages))))
      assert.deepEqual(back, JSON.parse(JSON.stringify(packages)))
    }),
  )
})

test('what is equal is kept once', () => {
  const packages = Array.from({ length: 100 }, (_, at) =>
    packageOf({ licenses: ['MIT'], layer: { index: 1 }, path: `${at}/package.json` }),
  )
  const packed = packPackages(packages)
  assert.deepEqual([packed.lists.length, packed.layers.length, packed.rests.length], [2, 1, 0])
  const [first, second] = unpackPackages(packed)
  assert.equal(first?.layer, second?.layer)
})

test('an id made of purl and path is made again, any other is kept', () => {
  const purl = 'pkg:npm/a@1'
  const packages = [packageOf({}), packageOf({ id: purl, dependsOn: [`${purl}#a/package.json`] })]
  assert.deepEqual(unpackPackages(packPackages(packages)), packages)
  assert.deepEqual(unpackPackages(packPackages([])), [])
})
