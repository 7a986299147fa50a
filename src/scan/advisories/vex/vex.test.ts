import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Package } from '../../../base/model/package.ts'
import type { Finding } from '../match/finding.ts'
import { applyDecisions } from './apply.ts'
import { globMatches } from './glob.ts'
import { readIgnoreFile, readVexDocument } from './read.ts'

const now = new Date('2026-06-01T12:00:00Z')
const artifact = { name: 'registry.example.org/team/app:1.2', digests: ['sha256:aa'] }

function finding(id: string, over: Partial<Finding> & { pkg?: Partial<Package> } = {}): Finding {
  const pkg: Package = {
    id: 'x',
    name: 'openssl',
    version: '3.0.11-1',
    type: 'deb',
    purl: 'pkg:deb/debian/openssl@3.0.11-1?arch=amd64&distro=debian-12',
    foundBy: 'debian',
    path: 'var/lib/dpkg/status',
    licenses: [],
    dependsOn: [],
    ...over.pkg,
  }
  const evidence = { advisory: id, source: 'debian', found: '', range: '', compared: '', path: '' }
  return { id, ids: [id], vendorIds: [], package: pkg, status: 'affected', severity: 'HIGH', evidence, ...over }
}

const npm = {
  name: 'lodash',
  version: '4.17.20',
  type: 'npm',
  purl: 'pkg:npm/lodash@4.17.20',
  path: 'app/node_modules/lodash/package.json',
}
const findings = [
  finding('CVE-2024-0001'),
  finding('CVE-2024-0002', {
    ids: ['CVE-2024-0002', 'GHSA-aaaa-bbbb-cccc'],
    vendorIds: ['DSA-1-1'],
    pkg: npm,
    fixedVersion: '5',
  }),
]

/** Ids that are left, and the codes of the warnings. */
async function ignored(name: string, text: string): Promise<string> {
  const file = await readIgnoreFile(name, text)
  const { findings: left, warnings } = applyDecisions(findings, file.decisions, { now, artifact })
  return [
    ...left.map(one => one.id.slice(-1)),
    ...warnings.map(one => one.code),
    ...file.problems.map(() => 'problem'),
  ].join(' ')
}

describe('ignore files', () => {
  const rows: [title: string, file: string, text: string, expected: string][] = [
    ['one id', '.trivyignore', '# known\nCVE-2024-0001\n', '2'],
    ['an alias', '.trivyignore', 'GHSA-aaaa-bbbb-cccc', '1'],
    ['a vendor id, CRLF', '.trivyignore', 'DSA-1-1\r\n', '1'],
    ['a reason behind', '.jennerignore', 'CVE-2024-0001 # not reachable', '2'],
    ['before its expiry', '.trivyignore', 'CVE-2024-0001 exp:2026-06-01', '2'],
    ['after its expiry', '.trivyignore', 'CVE-2024-0001 exp:2026-05-31', '1 2 expired'],
    ['nothing like it', '.trivyignore', 'CVE-1999-0001', '1 2 unused'],
    ['a bad date does not ignore', '.trivyignore', 'CVE-2024-0001 exp:soon', '1 2 problem'],
    ['any id of a package', '.jennerignore', '* pkg:npm/lodash', '1'],
    ['any id of a path', '.jennerignore', '* path:app/**', '1'],
    ['anything at all is refused', '.jennerignore', '*', '1 2 problem'],
    ['yaml', '.trivyignore.yaml', 'vulnerabilities:\n  - id: CVE-2024-0001\n    statement: no\n', '2'],
    [
      'yaml, other path',
      '.trivyignore.yaml',
      'vulnerabilities:\n  - id: CVE-2024-0001\n    paths: ["usr/*"]\n',
      '1 2 unused',
    ],
    [
      'yaml, purl without version',
      '.trivyignore.yaml',
      'vulnerabilities:\n  - id: CVE-2024-0002\n    purls: ["pkg:npm/lodash"]\n',
      '1',
    ],
    [
      'yaml, purl of other version',
      '.trivyignore.yaml',
      'vulnerabilities:\n  - id: CVE-2024-0002\n    purls: ["pkg:npm/lodash@1"]\n',
      '1 2 unused',
    ],
    [
      'yaml, expired',
      '.trivyignore.yaml',
      'vulnerabilities:\n  - id: CVE-2024-0001\n    expired_at: 2026-01-01\n',
      '1 2 expired',
    ],
    [
      'yaml bomb',
      '.trivyignore.yaml',
      `a: &a [x,x]\n${'bcdefghij'
        .split('')
        .map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`)
        .join('\n')}\n`,
      '1 2 problem',
    ],
    ['grype, id', '.grype.yaml', 'ignore:\n  - vulnerability: CVE-2024-0001\n', '2'],
    ['grype, package of a type', '.grype.yaml', 'ignore:\n  - package:\n      name: lo.*h\n      type: npm\n', '1'],
    ['grype, unfixed', '.grype.yaml', 'ignore:\n  - fix-state: not-fixed\n', '2'],
    [
      'grype, all fields must fit',
      '.grype.yaml',
      'ignore:\n  - vulnerability: CVE-2024-0001\n    package:\n      type: npm\n',
      '1 2 unused',
    ],
    [
      'grype, unknown field',
      '.grype.yaml',
      'ignore:\n  - vulnerability: CVE-2024-0001\n    when: now\n',
      '1 2 problem',
    ],
    ['not yaml', '.grype.yaml', 'a: [', '1 2 problem'],
    ['a reason of several words', '.jennerignore', 'CVE-2024-0001 owner:kim reason: not reachable, see #7', '2'],
  ]
  for (const [title, file, text, expected] of rows)
    it(`${file}: ${title}`, async () => assert.equal(await ignored(file, text), expected))

  it('owner, day and reason stand with what was left out', async () => {
    const text = 'CVE-2024-0001 exp:2030-01-01 owner:kim reason: JNDI is off # ticket 7'
    const { suppressed } = applyDecisions(findings, (await readIgnoreFile('.jennerignore', text)).decisions, { now })
    assert.equal(suppressed[0]?.Statement, 'JNDI is off; ticket 7; owner kim; until 2030-01-01')
  })

  it('.grype.yaml: a Java package by its artifact alone, as Grype names it', async () => {
    const text = 'ignore:\n  - vulnerability: CVE-2021-44228\n    package: {name: log4j-core, type: java-archive}\n'
    const { decisions } = await readIgnoreFile('.grype.yaml', text)
    const pkg = { ...npm, name: 'org.apache.logging.log4j:log4j-core', type: 'maven' }
    const other = { ...pkg, name: 'org.example:log4j-core-extra' }
    const left = [pkg, other].map(
      one => applyDecisions([finding('CVE-2021-44228', { pkg: one })], decisions, { now }).findings.length,
    )
    assert.deepEqual(left, [0, 1])
  })
})

function openvex(statements: object[]): string {
  return JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'urn:vex',
    timestamp: '2026-01-01T00:00:00Z',
    statements,
  })
}
const statement = (over: object = {}) => ({
  vulnerability: { name: 'CVE-2024-0002' },
  products: [{ '@id': 'pkg:npm/lodash@4.17.20' }],
  status: 'not_affected',
  justification: 'component_not_present',
  ...over,
})
const image = 'pkg:oci/app@sha256%3Aaa?repository_url=registry.example.org%2Fteam%2Fapp'

function csaf(status: object): string {
  return JSON.stringify({
    document: {
      category: 'csaf_vex',
      csaf_version: '2.0',
      tracking: { id: 'X-1', current_release_date: '2026-01-01T00:00:00Z' },
    },
    product_tree: {
      branches: [
        {
          branches: [
            { product: { product_id: 'lodash', product_identification_helper: { purl: 'pkg:npm/lodash@4.17.20' } } },
          ],
        },
      ],
      relationships: [
        {
          category: 'default_component_of',
          product_reference: 'lodash',
          relates_to_product_reference: 'os',
          full_product_name: { product_id: 'os:lodash', name: 'x' },
        },
      ],
    },
    vulnerabilities: [
      {
        cve: 'CVE-2024-0002',
        product_status: status,
        flags: [{ label: 'vulnerable_code_not_present', product_ids: ['os:lodash'] }],
      },
    ],
  })
}

function cyclonedx(state: string, ref: string): string {
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    components: [{ 'bom-ref': 'a', components: [{ 'bom-ref': 'b', purl: 'pkg:npm/lodash@4.17.20' }] }],
    vulnerabilities: [
      { id: 'CVE-2024-0002', analysis: { state, justification: 'code_not_reachable' }, affects: [{ ref }] },
    ],
  })
}

describe('VEX documents', () => {
  const rows: [title: string, documents: string[], left: string][] = [
    ['OpenVEX: the package', [openvex([statement()])], '1'],
    ['OpenVEX: another version', [openvex([statement({ products: ['pkg:npm/lodash@1'] })])], '1 2'],
    ['OpenVEX: an alias', [openvex([statement({ vulnerability: { name: 'GHSA-aaaa-bbbb-cccc' } })])], '1'],
    ['OpenVEX: fixed', [openvex([statement({ status: 'fixed' })])], '1'],
    ['OpenVEX: affected does not hide', [openvex([statement({ status: 'affected' })])], '1 2'],
    [
      'OpenVEX: part of the image',
      [openvex([statement({ products: [{ '@id': image, subcomponents: [{ '@id': 'pkg:npm/lodash' }] }] })])],
      '1',
    ],
    ['OpenVEX: the whole image', [openvex([statement({ products: [{ '@id': image }] })])], '1'],
    [
      'OpenVEX: part of another image',
      [
        openvex([
          statement({ products: [{ '@id': image.replace('aa', 'bb'), subcomponents: [{ '@id': 'pkg:npm/lodash' }] }] }),
        ]),
      ],
      '1 2',
    ],
    [
      'contradiction: the newest holds',
      [openvex([statement(), statement({ status: 'affected', timestamp: '2026-02-01T00:00:00Z' })])],
      '1 2',
    ],
    [
      'contradiction: an older "affected" does not',
      [openvex([statement(), statement({ status: 'affected', timestamp: '2025-02-01T00:00:00Z' })])],
      '1',
    ],
    [
      'contradiction at one time: the careful one',
      [openvex([statement(), statement({ status: 'under_investigation' })])],
      '1 2',
    ],
    ['CSAF: a component of a product', [csaf({ known_not_affected: ['os:lodash'] })], '1'],
    ['CSAF: affected', [csaf({ known_affected: ['os:lodash'] })], '1 2'],
    ['CycloneDX: by bom-ref', [cyclonedx('not_affected', 'b')], '1'],
    ['CycloneDX: by BOM-Link', [cyclonedx('false_positive', 'urn:cdx:x/1#b')], '1'],
    ['CycloneDX: exploitable', [cyclonedx('exploitable', 'b')], '1 2'],
  ]
  for (const [title, documents, left] of rows)
    it(title, () => {
      const decisions = documents.flatMap((text, i) => readVexDocument(`${i}.json`, text).decisions)
      const applied = applyDecisions(findings, decisions, { now, artifact })
      assert.equal(applied.findings.map(one => one.id.slice(-1)).join(' '), left)
    })

  it('keeps the reason', () => {
    const { decisions } = readVexDocument('v.json', openvex([statement()]))
    const { suppressed } = applyDecisions(findings, decisions, { now })
    assert.deepEqual(suppressed[0], {
      VulnerabilityID: 'CVE-2024-0002',
      PkgName: 'lodash',
      InstalledVersion: '4.17.20',
      PkgIdentifier: { PURL: 'pkg:npm/lodash@4.17.20' },
      Reason: 'vex',
      Source: 'v.json: urn:vex statement 1',
      Statement: 'not_affected; component_not_present',
    })
  })

  for (const text of [
    '',
    '[]',
    '{}',
    'null',
    '{"statements":[{"vulnerability":{"__proto__":1}}],"@context":"openvex"}',
    '{"bomFormat":"CycloneDX","vulnerabilities":[{"id":1}]}',
  ])
    it(`hides nothing for ${text.slice(0, 30) || 'an empty file'}`, () =>
      assert.deepEqual(readVexDocument('bad.json', text).decisions, []))
})

describe('VEX in attestations', () => {
  const vex = {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    statements: [
      { vulnerability: { name: 'CVE-2024-0001' }, status: 'fixed', products: [{ '@id': 'pkg:deb/debian/openssl' }] },
    ],
  }
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    predicateType: 'https://openvex.dev/ns/v0.2.0',
    predicate: vex,
  }
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64')
  const rows: [title: string, document: object, decisions: number][] = [
    ['a statement', statement, 1],
    ['in its envelope', { payloadType: 'application/vnd.in-toto+json', payload, signatures: [] }, 1],
    ['a predicate of another kind', { ...statement, predicate: { buildType: 'x' } }, 0],
    ['a payload that is none', { payloadType: 'application/vnd.in-toto+json', payload: '!!' }, 0],
  ]
  for (const [title, document, decisions] of rows)
    it(title, () => {
      const read = readVexDocument('a.json', JSON.stringify(document))
      assert.equal(read.decisions.length, decisions)
      assert.equal(read.problems.length, decisions === 0 ? 1 : 0)
    })
})

describe('VEX that contradicts itself', () => {
  const statement = (status: string, timestamp?: string) => ({
    vulnerability: { name: 'CVE-2024-0001' },
    status,
    products: [{ '@id': 'pkg:deb/debian/openssl' }],
    ...(timestamp && { timestamp }),
  })
  const rows: [title: string, documents: [name: string, statements: object[]][], expected: string][] = [
    [
      'two documents',
      [
        ['a', [statement('not_affected')]],
        ['b', [statement('affected')]],
      ],
      'shown, contradicted',
    ],
    ['one document, at one time', [['a', [statement('not_affected'), statement('affected')]]], 'shown, contradicted'],
    [
      'the newer word of another document holds, and both are told',
      [
        ['a', [statement('affected', '2026-01-01T00:00:00Z')]],
        ['b', [statement('not_affected', '2026-02-01T00:00:00Z')]],
      ],
      'hidden, contradicted',
    ],
    [
      'a newer word of the same document replaces the older',
      [['a', [statement('affected', '2026-01-01T00:00:00Z'), statement('fixed', '2026-02-01T00:00:00Z')]]],
      'hidden',
    ],
    [
      'agreement',
      [
        ['a', [statement('not_affected')]],
        ['b', [statement('fixed')]],
      ],
      'hidden',
    ],
  ]
  for (const [title, documents, expected] of rows)
    it(title, () => {
      const decisions = documents.flatMap(
        ([name, statements]) =>
          readVexDocument(`${name}.json`, JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', statements }))
            .decisions,
      )
      const { findings: left, warnings } = applyDecisions([findings[0] as Finding], decisions, { now, artifact })
      assert.equal([left.length > 0 ? 'shown' : 'hidden', ...warnings.map(({ code }) => code)].join(', '), expected)
    })
})

describe('path patterns', () => {
  const rows: [pattern: string, path: string, fits: boolean][] = [
    ['usr/lib/*.so', 'usr/lib/a.so', true],
    ['usr/lib/*.so', 'usr/lib/x/a.so', false],
    ['**/a.so', 'a.so', true],
    ['**/a.so', 'usr/lib/a.so', true],
    ['usr/**', 'usr/lib/a.so', true],
    ['/usr/lib/a.so', 'usr/lib/a.so', true],
    ['usr/l?b/a.so', 'usr/lib/a.so', true],
    ['usr', 'usr/lib', false],
    [`${'*a'.repeat(200)}b`, 'a'.repeat(4000), false],
  ]
  for (const [pattern, path, fits] of rows)
    it(`${pattern.slice(0, 30)} ${path.slice(0, 20)}`, () => assert.equal(globMatches(pattern, path), fits))
})

describe('hostile documents', () => {
  it('no VEX document throws, whatever its shape', () => {
    const key = fc.constantFrom(
      'statements',
      'products',
      'vulnerability',
      'name',
      'status',
      'document',
      'csaf_version',
      'product_tree',
      'branches',
      'vulnerabilities',
      'bomFormat',
      'components',
      'affects',
      'ref',
      'id',
      '__proto__',
    )
    const value = fc.oneof(
      fc.constantFrom('CycloneDX', '2.0', 'not_affected', 'CVE-2024-0002', 'pkg:npm/lodash', 'pkg:%zz'),
      fc.integer(),
      fc.constant(null),
    )
    const { tree } = fc.letrec(tie => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        value,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(key, tree as fc.Arbitrary<unknown>, { maxKeys: 6 }), document => {
        const { decisions } = readVexDocument('v.json', JSON.stringify(document))
        applyDecisions(findings, decisions, { now, artifact })
      }),
      { numRuns: 500 },
    )
  })
  it('no ignore file throws, whatever its text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('.trivyignore', '.trivyignore.yaml', '.grype.yaml'),
        async (text, name) => {
          const { decisions } = await readIgnoreFile(name, text)
          applyDecisions(findings, decisions, { now, artifact })
        },
      ),
      { numRuns: 300 },
    )
  })
})
