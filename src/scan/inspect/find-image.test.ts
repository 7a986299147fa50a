import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import type { JennerError } from '../../base/errors.ts'
import { systemSources } from '../image/registry/credentials.ts'
import { type FakeRegistry, fakeRegistry, putImage } from '../image/registry/testing.ts'
import { type InspectOptions, inspect } from './inspect.ts'

const folder = mkdtempSync(join(tmpdir(), 'jenner-find-'))
const work = join(folder, 'work')
let registry: FakeRegistry
before(async () => {
  registry = await fakeRegistry()
})
after(async () => {
  await registry.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  registry.asked.length = 0
  registry.intercept = undefined
  registry.manifests.clear()
  registry.blobs.clear()
  rmSync(work, { recursive: true, force: true })
})

const package_ = (name: string) => ({
  [`app/node_modules/${name}/package.json`]: `{"name":"${name}","version":"1.0.0"}`,
})
const layers = [package_('one'), package_('two'), package_('three')]

function read(options: Partial<InspectOptions> = {}, name = 'app:1') {
  const credentials = { ...systemSources, env: { HOME: folder }, readFile: () => undefined }
  return inspect(
    { kind: 'image', name: `${registry.host}/${name}` },
    {
      imageSources: ['remote'],
      dockerHost: `unix://${folder}/none.sock`,
      registry: { credentials, retryDelay: 1 },
      ...options,
    },
  )
}

const blobsAsked = (): number => registry.asked.filter(line => line.includes('/blobs/')).length

test('layers come to the process that reads as it asks for them; what is known is not fetched', async () => {
  putImage(registry, layers)
  const cacheDir = join(folder, 'cache')
  const first = await read({ cacheDir })
  assert.deepEqual(first.packages.map(({ name }) => name).sort(), ['one', 'three', 'two'])
  assert.deepEqual([first.incomplete, blobsAsked()], [[], 4])
  const more = putImage(registry, [...layers, package_('four')], { name: '2' })
  registry.asked.length = 0
  const second = await read({ cacheDir }, 'app:2')
  assert.equal(second.packages.length, 4)
  assert.deepEqual([second.timing.layersFromCache, blobsAsked()], [3, 2])
  assert.ok(registry.asked.some(line => line.includes(more.layers[3]!)))
})

test('a layer that is not what its digest says is told, not read and not remembered; the others are read', async () => {
  const { layers: digests } = putImage(registry, layers)
  const honest = registry.blobs.get(digests[1]!)!
  registry.blobs.set(digests[1]!, registry.blobs.get(digests[0]!)!)
  const cacheDir = join(folder, 'cache-lie')
  const { packages, incomplete } = await read({ cacheDir })
  assert.deepEqual(
    packages.map(({ name }) => name),
    ['one', 'three'],
  )
  assert.deepEqual(
    incomplete.map(({ path, code }) => `${path} ${code}`),
    [`${digests[1]} digest_mismatch`],
  )
  registry.blobs.set(digests[1]!, honest)
  assert.equal((await read({ cacheDir })).packages.length, 3)
})

test('a manifest that lies is an incomplete scan; an image that is nowhere is an error that names who was asked', async () => {
  putImage(registry, layers, { change: manifest => ({ ...manifest, manifests: [] }) })
  assert.deepEqual(
    (await read()).incomplete.map(({ code }) => code),
    ['malformed'],
  )
  await assert.rejects(read({ imageSources: ['podman', 'remote', 'docker'] }, 'none:9'), (error: JennerError) => {
    assert.match(error.detail, /none:9 \(podman: .*registry: .*404.*docker: /)
    return true
  })
  await assert.rejects(read({ offline: true }), /--offline/)
  assert.equal(registry.asked.length, 2)
})

test('the deadline ends fetching; nothing is left', async () => {
  const { layers: digests } = putImage(registry, layers)
  registry.intercept = request => request.url!.includes(digests[0]!)
  const before = new Set(readdirSync(tmpdir()))
  const { incomplete } = await read({ timeout: 1500 })
  assert.ok(
    incomplete.some(({ code }) => code === 'timed_out'),
    JSON.stringify(incomplete),
  )
  assert.deepEqual(
    readdirSync(tmpdir()).filter(name => name.startsWith('.jenner-layers-') && !before.has(name)),
    [],
  )
})
