import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readInventory, scan } from './scan.ts'

const root = mkdtempSync(join(tmpdir(), 'jenner-sbom-target-'))
after(() => rmSync(root, { recursive: true }))

function written(name: string, content: string | Buffer): { kind: 'sbom'; name: string } {
  writeFileSync(join(root, name), content)
  return { kind: 'sbom', name: join(root, name) }
}

const bom = (rest: object = {}): string =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    components: [{ type: 'library', name: 'lodash', version: '4.17.15', purl: 'pkg:npm/lodash@4.17.15' }],
    ...rest,
  })

test('an SBOM is read, in UTF-16 too', async () => {
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bom(), 'utf16le')])
  for (const target of [written('plain.json', bom()), written('wide.json', wide)]) {
    const { artifact, packages } = await readInventory(target, {})
    assert.deepEqual(
      [artifact.name, artifact.type, packages.map(({ purl }) => purl)],
      [target.name, 'cyclonedx', ['pkg:npm/lodash@4.17.15']],
    )
  }
})

test('what is no SBOM, and what is not there, is an error of the target', async () => {
  await assert.rejects(readInventory(written('none.txt', 'nothing of the kind'), {}), { code: 'malformed' })
  await assert.rejects(readInventory({ kind: 'sbom', name: join(root, 'missing.json') }, {}), {
    code: 'target_not_found',
  })
})

test('one that takes more memory than it may is incomplete, and says which flag gives more', async () => {
  const component = '{"type":"library","name":"a","version":"1","purl":"pkg:npm/a@1"},'
  const large = `{"bomFormat":"CycloneDX","components":[${component.repeat(800_000)}{}]}`
  const { packages, incomplete } = await readInventory(written('large.json', large), { maxMemory: 64 * 1024 ** 2 })
  assert.deepEqual([packages, incomplete.map(({ code }) => code)], [[], ['memory']])
  assert.match(incomplete[0]!.detail, /--max-memory/)
})

test('the VEX documents that an SBOM names are told, but for those that were given', async () => {
  const references = ['https://a.test/vex.json', 'https://b.test/vex.json'].map(url => ({
    type: 'exploitability-statement',
    url,
  }))
  const externalReferences = [...references, { type: 'website', url: 'https://a.test' }]
  const target = written('vex.json', bom({ externalReferences }))
  const { Warnings } = await scan(target, { scanners: [] })
  assert.deepEqual(
    Warnings?.map(({ code, detail }) => [code, detail]),
    references.map(({ url }) => ['referenced', url]),
  )
})
