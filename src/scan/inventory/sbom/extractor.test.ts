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
  ['x.bom.json', true],
  ['x.cdx.xml', true],
  ['x.bom.xml', true],
  ['X.CDX.JSON', true],
  ['x.spdx', true],
  ['x.spdx.yml', true],
  ['x.spdx.yaml', true],
  ['x.spdx.rdf', true],
  ['x.spdx.rdf.xml', true],
  ['x.spdx.xml', true],
  ['x.spdx3.json', true],
  ['x.syft.json', true],
  ['x.cdx', true],
  ['META-INF/sbom/application.cdx.json', true],
  ['_manifest/spdx_2.2/manifest.spdx.json', true],
  ['sbom.json', true],
  ['sbom.xml', true],
  ['sbom-cyclonedx.json', true],
  ['app_sbom.json', true],
  ['cyclonedx.json', true],
  ['build.intoto.jsonl', true],
  ['sbom', true],
  ['bomb.json', false],
  ['share/zlib/vcpkg.spdx.json', false],
  ['pom.xml', false],
  ['spdx-licenses/index.json', false],
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

const parsed = (path: string, text: string): string[] | undefined => {
  const data = Buffer.from(text)
  return sbomFiles
    .parse(memoryFile({ path, size: data.length, mode: 0o644 }, data))
    ?.map(({ name, version }) => `${name}@${version}`)
}
const document = JSON.stringify({ bomFormat: 'CycloneDX', components: [{ name: 'a', version: '1' }] })

test('a name that others use too is an SBOM where it says so itself', () => {
  assert.deepEqual(parsed('bom.json', document), ['a@1'])
  assert.equal(parsed('bom.json', '{"parts": []}'), undefined)
  assert.equal(parsed('x.cdx', 'an index of dBase'), undefined)
  assert.throws(() => parsed('x.cdx.json', '{"parts": []}'), { code: 'malformed' })
  assert.throws(() => parsed('bom.json', document.slice(0, -3)), { code: 'malformed' })
})

test('an attestation of something else is no SBOM, and not broken', () => {
  const statement = (predicateType: string, predicate: object) =>
    JSON.stringify({
      payloadType: 'application/vnd.in-toto+json',
      payload: Buffer.from(JSON.stringify({ predicateType, predicate })).toString('base64'),
    })
  assert.equal(
    parsed('x.intoto.jsonl', statement('https://slsa.dev/provenance/v1', { buildDefinition: {} })),
    undefined,
  )
  assert.deepEqual(parsed('x.intoto.jsonl', statement('https://cyclonedx.org/bom', JSON.parse(document))), ['a@1'])
})

test('the schema of a format is no SBOM, and not broken', () => {
  const schema =
    '{"$schema": "http://json-schema.org/draft-07/schema#", "title": "CycloneDX", "properties": {"bomFormat": {}}}'
  assert.deepEqual(parsed('lib/bom-1.5.SNAPSHOT.schema.json', schema), undefined)
  assert.throws(() => parsed('x.cdx.json', schema), { code: 'malformed' })
})

test('of the documents that apk packages bring, the package alone', () => {
  const purl = (referenceLocator: string) => [{ referenceType: 'purl', referenceLocator }]
  const packages = [
    { SPDXID: 'a', name: 'curl', versionInfo: '8-r0', externalRefs: purl('pkg:apk/wolfi/curl@8-r0') },
    { SPDXID: 'b', name: 'curl/curl', versionInfo: 'c', externalRefs: purl('pkg:github/curl/curl@c') },
  ]
  const text = JSON.stringify({ spdxVersion: 'SPDX-2.3', packages })
  assert.deepEqual(parsed('var/lib/db/sbom/curl-8-r0.spdx.json', text), ['curl@8-r0'])
  assert.deepEqual(parsed('srv/curl.spdx.json', text), ['curl@8-r0', 'curl/curl@c'])
})
