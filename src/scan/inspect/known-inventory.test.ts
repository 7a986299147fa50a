import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Inventory } from '../../base/model/inventory.ts'
import { knownInventory } from './known-inventory.ts'
import type { InspectRequest } from './request.ts'

const folder = mkdtempSync(join(tmpdir(), 'jenner-known-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const cacheDir = join(folder, 'cache')

const inventory: Inventory = {
  artifact: { name: 'a', type: 'container_image', repoTags: [], repoDigests: [], layers: [], size: 1 },
  packages: [],
  incomplete: [],
  timing: { open: 5, read: 900, merge: 7, layers: 3, layersFromCache: 0 },
}

function requestOf(name: string, rest: Partial<InspectRequest> = {}): InspectRequest {
  return { target: { kind: 'archive', name }, cacheDir, scanners: ['vuln'], ...rest }
}

/** An unpacked image that nobody has touched for a while. */
async function settledImage(name: string): Promise<string> {
  const image = join(folder, name)
  mkdirSync(join(image, 'blobs'), { recursive: true })
  writeFileSync(join(image, 'index.json'), '{}')
  writeFileSync(join(image, 'blobs/a'), 'one')
  await wait(150)
  return image
}

async function recalled(request: InspectRequest): Promise<Inventory | undefined> {
  return (await knownInventory(request))?.recall()
}

test('the same image, asked for the same, is recalled; anything else is read', async () => {
  const image = await settledImage('same')
  const request = requestOf(image, { limits: { deadline: 1 } })
  assert.equal(await recalled(request), undefined)
  await (await knownInventory(request))!.keep(inventory)
  const found = await recalled(requestOf(image, { limits: { deadline: 2 } }))
  assert.deepEqual([found?.artifact, found?.timing.layersFromCache, found?.timing.open], [inventory.artifact, 3, 0])
  assert.equal(await recalled(requestOf(image, { scanners: ['vuln', 'secret'] })), undefined)
  assert.equal(await recalled(requestOf(image, { skipDirs: ['usr'] })), undefined)
  writeFileSync(join(image, 'blobs/a'), 'two')
  await wait(150)
  assert.equal(await recalled(request), undefined)
})

test('what malware rules said is recalled as long as they are the same', async () => {
  const image = await settledImage('infected')
  const rules = join(folder, 'rules')
  mkdirSync(rules)
  writeFileSync(join(rules, 'a.yar'), 'rule A { condition: false }')
  await wait(150)
  const request = requestOf(image, { scanners: ['malware'], malwareRules: [rules] })
  await (await knownInventory(request))!.keep(inventory)
  assert.ok(await recalled(request))
  assert.equal(await recalled(requestOf(image, { scanners: ['malware'] })), undefined)
  writeFileSync(join(rules, 'a.yar'), 'rule A { condition: true }')
  await wait(150)
  assert.equal(await recalled(request), undefined)
})

test('an image that changes while it is read is not kept', async () => {
  const image = await settledImage('changing')
  const known = (await knownInventory(requestOf(image)))!
  writeFileSync(join(image, 'blobs/b'), 'more')
  await known.keep(inventory)
  rmSync(join(image, 'blobs/b'))
  assert.equal(await recalled(requestOf(image)), undefined)
})

test('a damaged entry is none', async () => {
  const image = await settledImage('damaged')
  await (await knownInventory(requestOf(image)))!.keep(inventory)
  const layers = join(cacheDir, 'layers')
  for (const name of readdirSync(layers)) writeFileSync(join(layers, name), 'JNF2 and then nothing of use')
  assert.equal(await recalled(requestOf(image)), undefined)
})

test('an entry with any bit turned is none', async () => {
  const image = await settledImage('turned')
  const request = requestOf(image, { cacheDir: join(folder, 'turned-cache') })
  await (await knownInventory(request))!.keep(inventory)
  const layers = join(folder, 'turned-cache/layers')
  const [name] = readdirSync(layers)
  const whole = readFileSync(join(layers, name!))
  for (let at = 0; at < whole.length; at++) {
    const turned = Buffer.from(whole)
    turned[at]! ^= 1 << (at % 8)
    writeFileSync(join(layers, name!), turned)
    assert.equal(await recalled(request), undefined, `byte ${at}`)
  }
  writeFileSync(join(layers, name!), whole)
  assert.ok(await recalled(request))
})

test('what is recalled is what was kept', async () => {
  const image = await settledImage('whole')
  const purl = 'pkg:deb/debian/a@1?arch=amd64'
  const rest = { source: { name: 'a', version: '1' }, extra: { x: 'é' }, layer: { index: 0 } }
  const pkg = { id: purl, name: 'a', version: '1', type: 'deb', purl, foundBy: 'debian', path: 'var/lib/dpkg/status' }
  const packages = [{ ...pkg, licenses: ['GPL-2.0'], dependsOn: [purl], ...rest }]
  await (await knownInventory(requestOf(image)))!.keep({ ...inventory, packages })
  assert.deepEqual((await recalled(requestOf(image)))?.packages, packages)
})

test('nothing is known of what cannot be told apart from another, or depends on more than the image', async () => {
  const image = await settledImage('plain')
  const linked = await settledImage('linked')
  symlinkSync('a', join(linked, 'blobs/link'))
  const fresh = join(folder, 'fresh.tar')
  writeFileSync(fresh, '')
  const { cacheDir: _, ...uncached } = requestOf(image)
  const requests = [
    requestOf(linked),
    requestOf(fresh),
    requestOf(join(folder, 'missing.tar')),
    requestOf(image, { scanners: ['malware'], clamd: '/run/clamd' }),
    requestOf(image, { scanners: ['malware'], malwareRules: [join(folder, 'none')] }),
    requestOf(image, { target: { kind: 'fs', name: image } }),
    uncached,
  ]
  for (const request of requests) assert.equal(await knownInventory(request), undefined, JSON.stringify(request))
})
