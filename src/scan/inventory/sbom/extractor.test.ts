import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryFile } from '../../image/content.ts'
import { createDispatch } from '../dispatch.ts'
import { sbomFiles } from './extractor.ts'

const dispatch = createDispatch([sbomFiles])
const names: [string, boolean][] = [
  ['a/bom.json', true],
  ['x.cdx.json', true],
  ['x.spdx.json', true],
  ['opt/bitnami/redis/.spdx-redis.spdx', true],
  ['opt/.spdx.dhi-python.json', true],
  ['bom.xml', true],
  ['package.json', false],
  ['x.json', false],
]
for (const [path, expected] of names) {
  test(`${path} is ${expected ? 'an' : 'no'} SBOM`, () => {
    assert.equal(dispatch.wanted({ path, size: 1, mode: 0o644 }).length, expected ? 1 : 0)
  })
}

test('packages of a CycloneDX document', () => {
  const components = [{ type: 'library', name: 'a', version: '1', purl: 'pkg:npm/a@1', 'bom-ref': 'x' }]
  const data = Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components }))
  const file = memoryFile({ path: 'bom.json', size: data.length, mode: 0o644 }, data)
  assert.deepEqual(
    sbomFiles.parse(file)?.map(({ name, version, type, path }) => [name, version, type, path]),
    [['a', '1', 'npm', undefined]],
  )
})
