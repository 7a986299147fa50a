import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inventoryOfSbom } from './read.ts'

const cyclonedx = (...components: object[]): string =>
  JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components })
const spdx = (...packages: object[]): string =>
  JSON.stringify({
    spdxVersion: 'SPDX-2.3',
    packages: packages.map((item, index) => ({ SPDXID: `SPDXRef-${index}`, name: `p${index}`, ...item })),
  })
const reference = (referenceType: string, referenceLocator: string) => ({
  referenceCategory: 'X',
  referenceType,
  referenceLocator,
})
const graph = (...elements: object[]): string =>
  JSON.stringify({ '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld', '@graph': elements })

const rdf = `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:spdx="http://spdx.org/rdf/terms#">
 <spdx:SpdxDocument rdf:about="http://x#SPDXRef-DOCUMENT"><spdx:specVersion>SPDX-2.3</spdx:specVersion>
  <spdx:relationship><spdx:Relationship><spdx:relatedSpdxElement>
   <spdx:Package rdf:about="http://x#SPDXRef-a"><spdx:name>a</spdx:name><spdx:versionInfo>1</spdx:versionInfo>
    <spdx:licenseDeclared rdf:resource="http://spdx.org/licenses/MIT"/>
    <spdx:externalRef><spdx:ExternalRef><spdx:referenceType rdf:resource="http://spdx.org/rdf/references/purl"/><spdx:referenceLocator>pkg:npm/a@1</spdx:referenceLocator></spdx:ExternalRef></spdx:externalRef>
   </spdx:Package></spdx:relatedSpdxElement></spdx:Relationship></spdx:relationship>
 </spdx:SpdxDocument>
 <rdf:Description rdf:about="http://x#SPDXRef-b"><rdf:type rdf:resource="http://spdx.org/rdf/terms#Package"/><spdx:name>b</spdx:name><spdx:versionInfo>2</spdx:versionInfo></rdf:Description>
 <spdx:Package rdf:about="http://x#SPDXRef-a"/>
</rdf:RDF>`

const forms: [what: string, text: string, packages: string[]][] = [
  [
    'a CPE instead of a purl',
    cyclonedx({ name: 'Nginx', cpe: 'cpe:2.3:a:nginx:nginx:1.21.1:*:*:*:*:*:*:*' }),
    ['generic Nginx@1.21.1'],
  ],
  ['a CPE of the older binding, no name', cyclonedx({ cpe: 'cpe:/a:f5:nginx:1.2' }), ['generic nginx@1.2']],
  ['a CPE without a version', cyclonedx({ name: 'x', cpe: 'cpe:2.3:a:v:x:*:*:*:*:*:*:*:*' }), ['generic x@']],
  ['a purl and no name', cyclonedx({ type: 'library', purl: 'pkg:npm/%40a/b@1' }), ['npm @a/b@1']],
  ['a purl without a version beside a version', cyclonedx({ name: 'b', version: '2', purl: 'pkg:npm/b' }), ['npm b@2']],
  ['no version anywhere', cyclonedx({ name: 'b', purl: 'pkg:npm/b' }, { name: 'folder' }), ['npm b@']],
  ['a purl that is none', cyclonedx({ name: 'b', version: '2', purl: 'npm/b' }), ['generic b@2']],
  ['blanks around', cyclonedx({ name: 'b', version: ' 2 ', purl: ' pkg:npm/b@2 ' }), ['npm b@2']],
  ['a group', cyclonedx({ group: 'g', name: 'b', version: '2' }), ['generic g/b@2']],
  [
    'files, and one that is a package',
    cyclonedx({ type: 'file', name: '/x', version: '1' }, { type: 'file', name: 'x', purl: 'pkg:maven/g/x@1' }),
    ['maven g:x@1'],
  ],
  [
    'a model',
    cyclonedx({ type: 'machine-learning-model', name: 'm', purl: 'pkg:huggingface/o/m@1' }),
    ['huggingface o/m@1'],
  ],
  [
    'qualifiers and subpath',
    cyclonedx({ purl: 'pkg:golang/github.com/a/b@v1.0.0?type=module#c/d' }),
    ['golang github.com/a/b/c/d@v1.0.0'],
  ],
  [
    'the thing itself, alone',
    JSON.stringify({
      bomFormat: 'CycloneDX',
      metadata: { component: { type: 'library', name: 'a', purl: 'pkg:npm/a@1' } },
    }),
    ['npm a@1'],
  ],
  [
    'the thing itself, and its parts below it',
    JSON.stringify({
      bomFormat: 'CycloneDX',
      metadata: { component: { name: 'a', purl: 'pkg:npm/a@1', components: [{ name: 'b', purl: 'pkg:npm/b@1' }] } },
    }),
    ['npm b@1'],
  ],
  [
    'SPDX: a CPE',
    spdx({ name: 'nginx', externalRefs: [reference('cpe23Type', 'cpe:2.3:a:nginx:nginx:1.21.1:*:*:*:*:*:*:*')] }),
    ['generic nginx@1.21.1'],
  ],
  [
    'SPDX: several references',
    spdx({
      externalRefs: [
        reference('cpe23Type', 'cpe:2.3:a:v:x:9:*:*:*:*:*:*:*'),
        reference('http://spdx.org/rdf/references/purl', 'pkg:npm/a@1'),
      ],
    }),
    ['npm a@1'],
  ],
  ['SPDX: no version, no reference', spdx({ name: 'folder' }), []],
  [
    'SPDX: YAML',
    `SPDXID: "SPDXRef-DOCUMENT"\nspdxVersion: "SPDX-2.3"\npackages:\n- SPDXID: "SPDXRef-a"\n  name: "a"\n  versionInfo: 1.10\n  externalRefs:\n  - referenceType: purl\n    referenceLocator: "pkg:npm/a@1.10"\n`,
    ['npm a@1.10'],
  ],
  [
    'SPDX: XML',
    '<?xml version="1.0"?><Document><SPDXID>SPDXRef-DOCUMENT</SPDXID><spdxVersion>SPDX-2.3</spdxVersion><packages><SPDXID>a</SPDXID><name>a</name><versionInfo>1</versionInfo><externalRefs><referenceType>purl</referenceType><referenceLocator>pkg:npm/a@1</referenceLocator></externalRefs></packages><packages><SPDXID>b</SPDXID><name>b</name><versionInfo>2</versionInfo></packages></Document>',
    ['npm a@1', 'generic b@2'],
  ],
  ['SPDX: RDF', rdf, ['npm a@1', 'generic b@2']],
  [
    'SPDX: tag-value that does not begin with its version',
    'DataLicense: CC0-1.0\r\nSPDXVersion: SPDX-2.2\r\nPackageName: a\r\nPackageVersion: 1\r\nExternalRef: PACKAGE_MANAGER purl pkg:npm/a@1\r\n',
    ['npm a@1'],
  ],
  [
    'SPDX 3: a CPE',
    graph({
      type: 'software_Package',
      spdxId: 'a',
      name: 'a',
      externalIdentifier: [{ externalIdentifierType: 'cpe23', identifier: 'cpe:2.3:a:v:a:3:*:*:*:*:*:*:*' }],
    }),
    ['generic a@3'],
  ],
  [
    'SPDX 3: keys with their profiles',
    graph({
      '@type': ['https://spdx.org/rdf/3.0.1/terms/Software/Package'],
      '@id': 'a',
      'https://spdx.org/rdf/3.0.1/terms/Core/name': 'a',
      'software:packageVersion': '1',
      'https://spdx.org/rdf/3.0.1/terms/Software/packageUrl': 'pkg:npm/a@1',
    }),
    ['npm a@1'],
  ],
  [
    'GitHub’s dependency snapshot',
    JSON.stringify({
      version: 0,
      detector: { name: 'd' },
      manifests: {
        'package-lock.json': {
          name: 'package-lock.json',
          file: { source_location: 'src/package-lock.json' },
          resolved: {
            a: { package_url: 'pkg:npm/a@1', dependencies: ['pkg:npm/b@2'] },
            b: { package_url: 'pkg:npm/b@2' },
          },
        },
      },
    }),
    ['npm a@1', 'npm b@2'],
  ],
]
for (const [what, text, packages] of forms) {
  test(what, () => {
    const found = inventoryOfSbom(text, 'x').packages
    assert.deepEqual(
      found.map(({ type, name, version }) => `${type} ${name}@${version}`),
      packages,
    )
  })
}

test('GitHub’s dependency snapshot: places, edges, what has no purl', () => {
  const resolved = { a: { package_url: 'pkg:npm/a@1', dependencies: ['b'] }, b: { package_url: 'pkg:npm/b@2' }, c: {} }
  const { packages, incomplete } = inventoryOfSbom(
    JSON.stringify({ detector: {}, manifests: { m: { file: { source_location: '/x/lock' }, resolved } } }),
    'x',
  )
  assert.deepEqual(
    packages.map(({ path, dependsOn }) => [path, dependsOn]),
    [
      ['x/lock', ['pkg:npm/b@2']],
      ['x/lock', []],
    ],
  )
  assert.equal(incomplete[0]?.detail, 'm: c has no package_url')
})

test('a package without a name is told', () => {
  const { packages, incomplete } = inventoryOfSbom(
    graph({ type: 'software_Package', spdxId: 'a', software_packageVersion: '1' }),
    'x',
  )
  assert.deepEqual([packages.length, incomplete[0]?.detail], [0, 'a: a package without a name'])
})

test('SPDX in RDF: licences of the list', () => {
  assert.deepEqual(inventoryOfSbom(rdf, 'x').packages[0]?.licenses, ['MIT'])
})

test('an operating system in RDF is no package', () => {
  const text = rdf.replace(
    '<rdf:Description',
    `<spdx:Package rdf:about="http://x#SPDXRef-os"><spdx:name>debian</spdx:name><spdx:versionInfo>12.5</spdx:versionInfo>
   <spdx:primaryPackagePurpose rdf:resource="http://spdx.org/rdf/terms#purpose_operatingSystem"/></spdx:Package><rdf:Description`,
  )
  const { packages, os } = inventoryOfSbom(text, 'x')
  assert.deepEqual([packages.map(({ name }) => name), os?.family, os?.version], [['a', 'b'], 'debian', '12.5'])
})

const owned = { name: 'tool', version: '1', purl: 'pkg:maven/tool@1' }
const roots: [what: string, text: string][] = [
  ['a property', cyclonedx({ ...owned, properties: [{ name: 'jenner:ClassRoots', value: 'org.a org.b' }] })],
  [
    'an attribution text',
    spdx({ externalRefs: [reference('purl', owned.purl)], attributionTexts: ['ClassRoots: org.a org.b'] }),
  ],
]
for (const [what, text] of roots)
  test(`where the classes of an archive without a group stand, in ${what}`, () =>
    assert.deepEqual(inventoryOfSbom(text, 'x').packages[0]?.extra, { classRoots: 'org.a org.b' }))

const deb = 'pkg:deb/debian/ruby-rack@2.2.6?distro=debian-12'
const gem = 'pkg:gem/rack@2.2.6'
const overlap = 'ownership-by-file-overlap: indicates that the parent package claims ownership'
const ownership = (comment: string) =>
  JSON.stringify({
    spdxVersion: 'SPDX-2.3',
    packages: [
      { SPDXID: 'SPDXRef-deb', name: 'ruby-rack', externalRefs: [reference('purl', deb)] },
      { SPDXID: 'SPDXRef-gem', name: 'rack', externalRefs: [reference('purl', gem)] },
    ],
    relationships: [
      { spdxElementId: 'SPDXRef-deb', relationshipType: 'OTHER', relatedSpdxElement: 'SPDXRef-gem', comment },
    ],
  })
const tagValue = `SPDXVersion: SPDX-2.3
PackageName: ruby-rack
SPDXID: SPDXRef-deb
ExternalRef: PACKAGE-MANAGER purl ${deb}
PackageName: rack
SPDXID: SPDXRef-gem
ExternalRef: PACKAGE-MANAGER purl ${gem}
Relationship: SPDXRef-deb OTHER SPDXRef-gem
RelationshipComment: ${overlap}
`
const syft = (type: string, parent = 'd', child = 'g') =>
  JSON.stringify({
    descriptor: { name: 'syft' },
    artifacts: [
      { id: 'd', name: 'ruby-rack', version: '2.2.6', type: 'deb', purl: deb },
      { id: 'g', name: 'rack', version: '2.2.6', type: 'gem', purl: gem },
    ],
    artifactRelationships: [{ parent, child, type }],
  })
const owners: [what: string, text: string, owner: string | undefined][] = [
  ['SPDX', ownership(overlap), deb],
  ['SPDX of another meaning', ownership('evident-by: indicates'), undefined],
  ['SPDX tag-value', tagValue, deb],
  ["Syft's own", syft('ownership-by-file-overlap'), deb],
  ["Syft's own of another meaning", syft('contains'), undefined],
  ['a gem owns no package of the distribution', syft('ownership-by-file-overlap', 'g', 'd'), undefined],
]
for (const [what, text, owner] of owners)
  test(`whose files a package was found in: ${what}`, () => {
    const { packages } = inventoryOfSbom(text, 'x')
    assert.deepEqual(
      packages.map(({ type, ownedBy }) => [type, ownedBy]),
      [
        ['deb', undefined],
        ['gem', owner],
      ],
    )
  })
