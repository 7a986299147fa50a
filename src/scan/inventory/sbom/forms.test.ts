import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inventoryOfSbom, readSbom } from './read.ts'

const named = (text: string) => inventoryOfSbom(text, 'x').packages.map(({ name, version }) => `${name}@${version}`)
const cyclonedx = {
  bomFormat: 'CycloneDX',
  components: [{ type: 'library', name: 'a', version: '1', purl: 'pkg:npm/a@1' }],
}
const envelope = (predicateType: string, predicate: object) => {
  const payload = Buffer.from(JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', predicateType, predicate }))
  return { payloadType: 'application/vnd.in-toto+json', payload: payload.toString('base64'), signatures: [] }
}

test('attestations: of several lines the SBOM counts; a sigstore bundle; XML in one', () => {
  const provenance = envelope('https://slsa.dev/provenance/v1', { buildDefinition: {} })
  const lines = [provenance, envelope('https://cyclonedx.org/bom', cyclonedx)].map(line => JSON.stringify(line))
  assert.deepEqual(named(lines.join('\n')), ['a@1'])
  const bundle = {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    dsseEnvelope: envelope('https://cyclonedx.org/bom', cyclonedx),
  }
  assert.deepEqual(named(JSON.stringify(bundle)), ['a@1'])
  const xml =
    '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component type="library"><name>b</name><version>2</version><purl>pkg:npm/b@2</purl></component></components></bom>'
  assert.deepEqual(named(JSON.stringify(envelope('https://cyclonedx.org/bom', { Data: xml }))), ['b@2'])
  assert.throws(() => readSbom(`${lines[0]}\n${lines[0]}`), { code: 'malformed' })
})

test('Syft’s own JSON: packages, sources, paths, licences, dependencies, the distribution', () => {
  const document = {
    descriptor: { name: 'syft', version: '1' },
    distro: { id: 'debian', versionID: '12' },
    source: { name: 'shop', metadata: { imageID: 'sha256:aa', tags: ['shop:1'], layers: [{ digest: 'sha256:dd' }] } },
    artifacts: [
      {
        id: '1',
        name: 'libssl3',
        version: '3.0.11-1',
        type: 'deb',
        purl: 'pkg:deb/debian/libssl3@3.0.11-1?arch=amd64',
        metadata: { source: 'openssl', sourceVersion: '3.0.11-2' },
        locations: [{ path: '/var/lib/dpkg/status' }],
        licenses: [{ value: 'Apache-2.0', spdxExpression: 'Apache-2.0' }, 'MIT'],
      },
      { id: '2', name: 'a', version: '1', type: 'npm', purl: 'pkg:npm/a@1' },
    ],
    artifactRelationships: [{ parent: '1', child: '2', type: 'dependency-of' }],
  }
  const { packages, os, artifact } = inventoryOfSbom(JSON.stringify(document), 'x')
  assert.deepEqual(
    [os?.family, os?.version, artifact.imageId, artifact.repoTags],
    ['debian', '12', 'sha256:aa', ['shop:1']],
  )
  assert.deepEqual(packages[0]?.source, { name: 'openssl', version: '3.0.11-2' })
  assert.deepEqual([packages[0]?.path, packages[0]?.licenses], ['var/lib/dpkg/status', ['Apache-2.0', 'MIT']])
  assert.deepEqual(packages[1]?.dependsOn, [packages[0]?.id])
})

test('SPDX 3: several relationships, licences, the image described', () => {
  const pkg = (id: string, more: object) => ({
    type: 'software_Package',
    spdxId: id,
    name: id,
    software_packageVersion: '1',
    ...more,
  })
  const relation = (relationshipType: string, from: string, to: string[]) => ({
    type: 'Relationship',
    relationshipType,
    from,
    to,
  })
  const document = {
    '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
    '@graph': [
      { type: 'software_Sbom', spdxId: 's', rootElement: ['image'] },
      pkg('image', { software_primaryPurpose: 'container' }),
      pkg('a', { externalIdentifier: [{ externalIdentifierType: 'packageUrl', identifier: 'pkg:npm/a@1' }] }),
      pkg('b', { software_packageUrl: 'pkg:npm/b@1' }),
      pkg('c', { software_packageUrl: 'pkg:npm/c@1' }),
      relation('dependsOn', 'a', ['b']),
      relation('dependsOn', 'a', ['c', 'a']),
      relation('hasDeclaredLicense', 'a', ['l']),
      { type: 'simplelicensing_LicenseExpression', spdxId: 'l', simplelicensing_licenseExpression: 'MIT' },
    ],
  }
  const { packages } = inventoryOfSbom(JSON.stringify(document), 'x')
  assert.deepEqual(
    packages.map(({ name }) => name),
    ['a', 'b', 'c'],
  )
  assert.deepEqual(packages[0]?.licenses, ['MIT'])
  assert.equal(packages[0]?.dependsOn.length, 3)
})

test('tag-value: files and licences behind a package are not it; several lines of text', () => {
  const text = `# written by hand
SPDXVersion: SPDX-2.3
PackageName: a
SPDXID: SPDXRef-a
PackageVersion: 1
PackageComment: <text>several
PackageName: no
lines</text>
ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1
FileName: ./x
SPDXID: SPDXRef-file
LicenseID: LicenseRef-1
PackageName: b
SPDXID: SPDXRef-b
PackageVersion: 2
ExternalRef: PACKAGE-MANAGER purl pkg:npm/b@2
Relationship: SPDXRef-a DEPENDS_ON SPDXRef-b
`
  const { packages } = inventoryOfSbom(text, 'x')
  assert.deepEqual(
    packages.map(({ name, version }) => `${name}@${version}`),
    ['a@1', 'b@2'],
  )
  assert.deepEqual(packages[0]?.dependsOn, [packages[1]?.id])
})

test('a text that nobody closes and lines that are no purls are told', () => {
  const details = (text: string) => inventoryOfSbom(text, 'x').incomplete?.map(({ detail }) => detail)
  const open = 'SPDXVersion: SPDX-2.3\nPackageName: a\nPackageVersion: 1\nPackageComment: <text>x\nPackageName: b\n'
  assert.deepEqual(details(open), ['the <text> of PackageComment is never closed'])
  assert.deepEqual(details('pkg:npm/a@1\n# b\n\npkg:npm\nc\n'), ['2 lines are no purls, the first is line 4'])
})

test('GitHub’s export, purls below a comment, occurrences in XML', () => {
  const spdx = {
    spdxVersion: 'SPDX-2.3',
    packages: [
      {
        SPDXID: 'a',
        name: 'a',
        versionInfo: '1',
        externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:npm/a@1' }],
      },
    ],
  }
  assert.deepEqual(named(JSON.stringify({ sbom: spdx })), ['a@1'])
  assert.deepEqual(named('# mine\n\npkg:npm/a@1\n# more\npkg:pypi/b@2'), ['a@1', 'b@2'])
  const xml =
    '<bom><components><component type="library"><name>a</name><version>1</version><purl>pkg:npm/a@1</purl><evidence><occurrences><occurrence><location>/app/a</location></occurrence></occurrences></evidence></component></components></bom>'
  assert.equal(inventoryOfSbom(xml, 'x').packages[0]?.path, 'app/a')
})

const hostile: [name: string, text: string][] = [
  ['lists in lists', `{"bomFormat":"CycloneDX","components":${'['.repeat(2_000_000)}`],
  ['objects in objects', `{"bomFormat":"CycloneDX","components":${'[{"name":"a","components":'.repeat(200_000)}`],
  ['XML in XML', `<bom>${'<components><component>'.repeat(1_000_000)}`],
  ['an envelope in an envelope', nested()],
  ['text that nobody closes', `SPDXVersion: SPDX-2.3\n${'PackageComment: <text>\n'.repeat(200_000)}`],
]
function nested(): string {
  let text = JSON.stringify(cyclonedx)
  for (let depth = 0; depth < 20; depth++) text = JSON.stringify({ payload: Buffer.from(text).toString('base64') })
  return text
}
for (const [name, text] of hostile) {
  test(`nesting without end is refused: ${name}`, () => {
    try {
      assert.ok(inventoryOfSbom(text, 'x').packages.length === 0)
    } catch (error) {
      assert.match((error as { code?: string }).code ?? String(error), /^(malformed|limit_exceeded)$/)
    }
  })
}

test('many relations of one package, and dependencies in a circle, are read', () => {
  const relations = Array.from({ length: 300_000 }, (_, index) => ({
    spdxElementId: 'a',
    relationshipType: 'DEPENDS_ON',
    relatedSpdxElement: index % 2 ? 'a' : 'b',
  }))
  const packages = ['a', 'b'].map(id => ({ SPDXID: id, name: id, versionInfo: '1' }))
  relations.push({ spdxElementId: 'b', relationshipType: 'DEPENDS_ON', relatedSpdxElement: 'a' })
  const found = inventoryOfSbom(
    JSON.stringify({ spdxVersion: 'SPDX-2.3', packages, relationships: relations }),
    'x',
  ).packages
  assert.deepEqual(
    found.map(({ dependsOn }) => dependsOn.length),
    [2, 1],
  )
})
