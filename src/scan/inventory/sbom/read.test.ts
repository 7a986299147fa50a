import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inventoryOfSbom, readSbom } from './read.ts'

const cyclonedx = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: {
    component: {
      type: 'container',
      name: 'shop',
      properties: [{ name: 'aquasecurity:trivy:ImageID', value: 'sha256:aa' }],
    },
  },
  components: [
    { type: 'operating-system', 'bom-ref': 'os', name: 'debian', version: '12.5' },
    {
      type: 'library',
      'bom-ref': 'ssl',
      name: 'libssl3',
      version: '3.0.11-1',
      purl: 'pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl%403.0.11-1',
      licenses: [{ license: { id: 'Apache-2.0' } }, { expression: 'MIT OR ISC' }],
    },
    {
      type: 'library',
      'bom-ref': 'web',
      name: 'shop-web',
      version: '1.0',
      purl: 'pkg:npm/%40shop/web@1.0',
      components: [{ type: 'library', name: 'inner', version: '2', purl: 'pkg:npm/inner@2' }],
    },
    { type: 'file', name: '/etc/passwd' },
  ],
  dependencies: [{ ref: 'web', dependsOn: ['ssl', 'gone'] }],
}

test('CycloneDX JSON: packages, distribution, source package, dependencies, nesting', () => {
  const { packages, os, artifact } = inventoryOfSbom(JSON.stringify(cyclonedx), 'bom.json')
  assert.deepEqual(
    packages.map(({ name, version }) => `${name}@${version}`),
    ['libssl3@3.0.11-1', '@shop/web@1.0', 'inner@2'],
  )
  assert.deepEqual(packages[0]!.source, { name: 'openssl', version: '3.0.11-1' })
  assert.deepEqual(packages[0]!.licenses, ['Apache-2.0', 'MIT OR ISC'])
  assert.deepEqual(packages[1]!.dependsOn, [packages[0]!.id])
  assert.equal(os?.family, 'debian')
  assert.equal(os?.version, '12.5')
  assert.equal(artifact.imageId, 'sha256:aa')
})

const rpmRows: [
  purl: string,
  properties: [string, string][],
  version: string,
  source: { name: string; version: string },
][] = [
  [
    'pkg:rpm/redhat/openssl-libs@1.0.2k-16.el7?epoch=1&upstream=openssl-1.0.2k-16.el7.src.rpm',
    [],
    '1:1.0.2k-16.el7',
    { name: 'openssl', version: '1.0.2k-16.el7' },
  ],
  [
    'pkg:rpm/centos/bash@4.2.46-31.el7?distro=centos-7',
    [
      ['SrcName', 'bash'],
      ['SrcVersion', '4.2.46'],
      ['SrcRelease', '31.el7'],
      ['SrcEpoch', '2'],
    ],
    '4.2.46-31.el7',
    { name: 'bash', version: '2:4.2.46-31.el7' },
  ],
]
for (const [purl, properties, version, source] of rpmRows) {
  test(`RPM purl ${purl}`, () => {
    const document = {
      bomFormat: 'CycloneDX',
      components: [
        {
          type: 'library',
          name: 'x',
          version: '?',
          purl,
          properties: properties.map(([name, value]) => ({ name: `aquasecurity:trivy:${name}`, value })),
        },
      ],
    }
    const [found] = inventoryOfSbom(JSON.stringify(document), 'x').packages
    assert.equal(found!.version, version)
    assert.deepEqual(found!.source, source)
  })
}

test('the epoch of a Debian purl counts', () => {
  const [found] = inventoryOfSbom('pkg:deb/debian/zlib1g@1.3-1?epoch=1&distro=debian-12', 'x').packages
  assert.equal(found!.version, '1:1.3-1')
  assert.deepEqual(found!.source, { name: 'zlib1g', version: '1:1.3-1' })
})

test('the distribution is read from purls when no component states it', () => {
  const document = {
    bomFormat: 'CycloneDX',
    components: [{ type: 'library', name: 'bash', version: '5', purl: 'pkg:rpm/rhel/bash@5?distro=rhel-9.2' }],
  }
  assert.deepEqual(inventoryOfSbom(JSON.stringify(document), 'x').os, {
    family: 'redhat',
    version: '9.2',
    release: { ID: 'rhel', VERSION_ID: '9.2' },
  })
})

test('CycloneDX XML reads as its JSON twin', () => {
  const xml = `<?xml version="1.0"?><bom xmlns="http://cyclonedx.org/schema/bom/1.4" version="1"><components>
    <component type="library" bom-ref="a"><group>org.apache</group><name>commons</name><version>1.2</version>
    <licenses><license><id>Apache-2.0</id></license></licenses><purl>pkg:maven/org.apache/commons@1.2</purl></component></components></bom>`
  const [found] = inventoryOfSbom(xml, 'x').packages
  assert.equal(found!.name, 'org.apache:commons')
  assert.deepEqual(found!.licenses, ['Apache-2.0'])
})

test('an XML document with a DOCTYPE is refused', () => {
  assert.throws(() => readSbom('<!DOCTYPE b [<!ENTITY a "aaaa">]><bom><components/></bom>'), { code: 'malformed' })
})

const spdx = {
  spdxVersion: 'SPDX-2.3',
  name: 'image',
  packages: [
    { SPDXID: 'SPDXRef-i', name: 'image', versionInfo: '1', primaryPackagePurpose: 'CONTAINER' },
    {
      SPDXID: 'SPDXRef-a',
      name: 'lodash',
      versionInfo: '4.17.20',
      licenseDeclared: 'MIT',
      externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:npm/lodash@4.17.20' }],
    },
    { SPDXID: 'SPDXRef-o', name: 'alpine', versionInfo: '3.19.1', primaryPackagePurpose: 'OPERATING-SYSTEM' },
  ],
  relationships: [
    { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-i' },
  ],
}

test('SPDX JSON: packages, distribution; the described image is no package', () => {
  const { packages, os } = inventoryOfSbom(JSON.stringify(spdx), 'x')
  assert.deepEqual(
    packages.map(({ name }) => name),
    ['lodash'],
  )
  assert.equal(os?.family, 'alpine')
})

test('SPDX tag-value', () => {
  const text =
    'SPDXVersion: SPDX-2.3\nDocumentName: d\nPackageName: lodash\nSPDXID: SPDXRef-a\nPackageVersion: 4.17.20\nExternalRef: PACKAGE-MANAGER purl pkg:npm/lodash@4.17.20\n'
  assert.deepEqual(
    inventoryOfSbom(text, 'x').packages.map(({ purl }) => purl),
    ['pkg:npm/lodash@4.17.20'],
  )
})

test('SPDX 3', () => {
  const document = {
    '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld',
    '@graph': [
      {
        type: 'software_Package',
        spdxId: 'a',
        name: 'lodash',
        software_packageVersion: '4',
        software_packageUrl: 'pkg:npm/lodash@4',
      },
    ],
  }
  assert.deepEqual(
    inventoryOfSbom(JSON.stringify(document), 'x').packages.map(({ name }) => name),
    ['lodash'],
  )
})

test('an SBOM inside a DSSE envelope, and inside cosign’s Data', () => {
  for (const predicate of [cyclonedx, { Data: cyclonedx }]) {
    const payload = Buffer.from(
      JSON.stringify({
        _type: 'https://in-toto.io/Statement/v1',
        predicateType: 'https://cyclonedx.org/bom',
        predicate,
      }),
    ).toString('base64')
    assert.equal(
      inventoryOfSbom(`${JSON.stringify({ payloadType: 'application/vnd.in-toto+json', payload })}\n`, 'x').packages
        .length,
      3,
    )
  }
})

test('what came in an attestation is marked so, what did not is not', () => {
  const statement = { predicateType: 'https://cyclonedx.org/bom', predicate: cyclonedx }
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64')
  for (const document of [statement, { payload }, { dsseEnvelope: { payload } }])
    assert.equal(inventoryOfSbom(JSON.stringify(document), 'x').artifact.attested, true)
  assert.equal(inventoryOfSbom(JSON.stringify(cyclonedx), 'x').artifact.attested, undefined)
})

test('a list of purls', () => {
  assert.deepEqual(
    inventoryOfSbom('pkg:npm/a@1\n\npkg:pypi/b@2\n', 'x').packages.map(({ name, version }) => `${name}@${version}`),
    ['a@1', 'b@2'],
  )
})

for (const text of ['', '[]', '{}', 'hello', '{"bomFormat":"CycloneDX"', '<a/>']) {
  test(`not an SBOM: ${text}`, () => assert.throws(() => readSbom(text), { code: 'malformed' }))
}

test('components without end are refused, not swallowed', () => {
  let inner: Record<string, unknown> = { type: 'library', name: 'deep', version: '1' }
  for (let depth = 0; depth < 60; depth++)
    inner = { type: 'library', name: `n${depth}`, version: '1', components: [inner] }
  const { incomplete } = inventoryOfSbom(JSON.stringify({ bomFormat: 'CycloneDX', components: [inner] }), 'x')
  assert.equal(incomplete[0]?.code, 'malformed')
})
