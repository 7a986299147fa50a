import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Package } from '../../../base/model/package.ts'
import type { Finding } from '../match/finding.ts'
import { applyDecisions } from './apply.ts'
import { onlyThrough } from './graph.ts'
import { readVexDocument } from './read.ts'

const pkg = (purl: string, dependsOn: string[] = [], relationship?: Package['relationship']): Package => {
  const [, type = '', name = '', version = ''] = /^pkg:(\w+)\/(.+)@(.+)$/.exec(purl) ?? []
  return {
    id: purl,
    name,
    version,
    type,
    purl,
    foundBy: '',
    path: '',
    licenses: [],
    dependsOn,
    ...(relationship && { relationship }),
  }
}
const part = 'pkg:golang/example.org/part@v1.2.0'
const product = 'pkg:golang/example.org/product@v2.0.0'
const other = pkg('pkg:golang/example.org/other@v1.0.0', [part])

const openvex = (products: object[]) =>
  JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    statements: [{ vulnerability: { name: 'CVE-2024-1' }, status: 'not_affected', products }],
  })
const csaf = (whole: object) =>
  JSON.stringify({
    document: { csaf_version: '2.0' },
    product_tree: {
      full_product_names: [
        { product_id: 'whole', product_identification_helper: whole },
        { product_id: 'part', product_identification_helper: { purl: part } },
      ],
      relationships: [
        {
          product_reference: 'part',
          relates_to_product_reference: 'whole',
          full_product_name: { product_id: 'both' },
        },
      ],
    },
    vulnerabilities: [{ cve: 'CVE-2024-1', product_status: { known_not_affected: ['both'] } }],
  })
const inProduct = openvex([{ '@id': product, subcomponents: [{ '@id': part }] }])

const rows: [title: string, document: string, packages: Package[], about: string | undefined, left: number][] = [
  ['in the product alone', inProduct, [pkg(product, [part])], undefined, 0],
  ['in the product, through another', inProduct, [pkg(product, [other.id]), other], undefined, 0],
  ['in the product and elsewhere', inProduct, [pkg(product, [part]), other], undefined, 1],
  ['in the product, and named by the project', inProduct, [pkg(product, [part], 'direct')], undefined, 0],
  ['in a product without parts, alone', openvex([{ '@id': product }]), [pkg(product, [part])], undefined, 0],
  [
    'in a product without parts, and elsewhere',
    openvex([{ '@id': product }]),
    [pkg(product, [part]), other],
    undefined,
    1,
  ],
  ['in nothing that is known', inProduct, [], undefined, 1],
  ['the artifact is the product', inProduct, [], product, 0],
  ['the artifact is another version', inProduct, [], 'pkg:golang/example.org/product@v3.0.0', 1],
  ['without Go’s v', openvex([{ '@id': part.replace('@v', '@') }]), [], undefined, 0],
  ['CSAF: part of a product that is here', csaf({ purl: product }), [pkg(product, [part])], undefined, 0],
  ['CSAF: part of a product that is not', csaf({ purl: product }), [other], undefined, 1],
  ['CSAF: part of a platform', csaf({ cpe: 'cpe:/o:redhat:enterprise_linux:9' }), [], undefined, 0],
]
for (const [title, document, packages, purl, left] of rows)
  test(`VEX about a package ${title}`, () => {
    const found = pkg(part)
    const evidence = { advisory: '', source: '', found: '', range: '', compared: '', path: '' }
    const finding: Finding = {
      id: 'CVE-2024-1',
      ids: ['CVE-2024-1'],
      vendorIds: [],
      package: found,
      status: 'affected',
      severity: 'HIGH',
      evidence,
    }
    const artifact = {
      name: 'x',
      digests: [],
      ...(purl !== undefined && { purl }),
      onlyThrough: onlyThrough([...packages, found]),
    }
    const { decisions } = readVexDocument('v.json', document)
    assert.equal(applyDecisions([finding], decisions, { artifact }).findings.length, left)
  })

test('a package that the project names is needed by more than the product', () => {
  const found = pkg(part, [], 'direct')
  assert.equal(
    onlyThrough([found, pkg(product, [part])])(found, one => one.purl === product),
    false,
  )
})

test('all of a go.mod is in its module, of another is not', () => {
  const module = {
    ...pkg('pkg:golang/stdlib@1.22.0', [], 'direct'),
    path: 'go.mod',
    extra: { module: 'example.org/app' },
  }
  const own = { ...pkg(part, [], 'direct'), path: 'go.mod' }
  const elsewhere = { ...own, path: 'sub/go.mod' }
  const left = [own, elsewhere].map(found =>
    onlyThrough([module, own, elsewhere])(found, one => one.purl === 'pkg:golang/example.org/app'),
  )
  assert.deepEqual(left, [true, false])
})

test('a circle leads nowhere', () => {
  const [a, b] = [pkg('pkg:npm/a@1', ['pkg:npm/b@1']), pkg('pkg:npm/b@1', ['pkg:npm/a@1'])]
  assert.equal(
    onlyThrough([a, b])(a, () => false),
    false,
  )
})
