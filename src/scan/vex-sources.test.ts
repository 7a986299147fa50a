import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readDecisionFiles } from './suppress.ts'

const root = mkdtempSync(join(tmpdir(), 'jenner-vex-'))
after(() => rmSync(root, { recursive: true }))
const vex = (id: string) =>
  JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    statements: [{ vulnerability: { name: id }, status: 'not_affected', products: [{ '@id': 'pkg:npm/a' }] }],
  })

const idsOf = async (words: string[], context = {}) =>
  (await readDecisionFiles([], words, context)).flatMap(file => [
    ...file.decisions.flatMap(({ ids }) => ids),
    ...file.problems.map(({ detail }) => `problem: ${detail}`),
    ...(file.warnings ?? []).map(({ code, detail }) => `${code}: ${detail}`),
  ])

test('VEX from an address, and none when offline', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/there') response.end(vex('CVE-1'))
    else response.writeHead(404).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    assert.deepEqual(await idsOf([`${base}/there`]), ['CVE-1'])
    await assert.rejects(idsOf([`${base}/none`]), { code: 'feed_unreachable' })
    await assert.rejects(idsOf([`${base}/there`], { offline: true }), { code: 'usage' })
  } finally {
    server.close()
  }
})

test('a VEX repository, and locations that leave it', async () => {
  const folder = join(root, 'repository')
  mkdirSync(join(folder, 'pkg'), { recursive: true })
  writeFileSync(join(folder, 'pkg/a.json'), vex('CVE-2'))
  writeFileSync(join(root, 'outside.json'), vex('CVE-3'))
  symlinkSync(join(root, 'outside.json'), join(folder, 'pkg/link.json'))
  const locations = ['pkg/a.json', '../outside.json', 'pkg/link.json', 'pkg/none.json']
  writeFileSync(
    join(folder, 'index.json'),
    JSON.stringify({ packages: locations.map(location => ({ id: 'pkg:npm/a', location })) }),
  )
  assert.deepEqual(await idsOf([`repo:${folder}`]), [
    'CVE-2',
    'problem: outside the repository',
    'problem: outside the repository',
    'problem: not there',
  ])
  await assert.rejects(idsOf([`repo:${root}`]), { code: 'bad_argument' })
})

test('what an SBOM says itself counts when asked for', async () => {
  const path = join(root, 'bom.json')
  writeFileSync(
    path,
    JSON.stringify({
      bomFormat: 'CycloneDX',
      vulnerabilities: [{ id: 'CVE-4', analysis: { state: 'not_affected' }, affects: [{ ref: 'pkg:npm/a@1' }] }],
    }),
  )
  const target = { kind: 'sbom' as const, name: path }
  assert.deepEqual(await idsOf([], { target }), [])
  assert.deepEqual(await idsOf(['sbom'], { target }), ['CVE-4'])
  await assert.rejects(idsOf(['sbom'], { target: { kind: 'fs', name: root } }), { code: 'usage' })
})

test('VEX that there is no room for is a problem that says what to do, and the rest counts', async () => {
  const [small, large] = [join(root, 'small.json'), join(root, 'large.json')]
  writeFileSync(small, vex('CVE-5'))
  writeFileSync(large, vex('CVE-6').padEnd(600_000))
  const maxMemory = 16 * 1024 ** 2
  const told = 'problem: 1 MiB of VEX; 1 MiB may be read in all, one in 32 of --max-memory'
  assert.deepEqual(await idsOf([large, small], { maxMemory }), [told, 'CVE-5'])
  assert.deepEqual(await idsOf([large, small]), ['CVE-6', 'CVE-5'])
  const [file] = await readDecisionFiles([], [large], { maxMemory })
  assert.equal(file?.problems[0]?.code, 'too_large')
  await assert.rejects(idsOf([join(root, 'none.json')]), { code: 'bad_argument' })
})
