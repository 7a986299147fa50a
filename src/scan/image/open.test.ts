import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import type { ErrorCode, JennerError } from '../../base/errors.ts'
import type { LayerReading, ReadLimits } from '../../base/model/visitor.ts'
import { openImage, openLocalImage } from './open.ts'
import type { ImageSource, OpenOptions } from './source.ts'
import { compressors, type TarEntry, tarOf } from './testing.ts'

const base = mkdtempSync(join(tmpdir(), 'jenner-open-'))
after(() => rmSync(base, { recursive: true, force: true }))

type Files = Record<string, Buffer | string>

const hexOf = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex')
const digestOf = (data: Buffer | string): string => `sha256:${hexOf(data)}`
const json = JSON.stringify

const layerTar = tarOf([{ name: 'etc/' }, { name: 'etc/os-release', data: 'ID=debian\n' }])
const upperTar = tarOf([{ name: 'etc/.wh.os-release' }, { name: 'app', data: 'x'.repeat(5000) }])

let counter = 0

function writeTar(files: Files | TarEntry[], wrap: keyof typeof compressors = 'plain'): string {
  const entries = Array.isArray(files) ? files : Object.entries(files).map(([name, data]) => ({ name, data }))
  const path = join(base, `image-${counter++}.tar`)
  writeFileSync(path, compressors[wrap](tarOf(entries)))
  return path
}

function writeFolder(files: Files): string {
  const folder = join(base, `layout-${counter++}`)
  for (const [name, data] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), data)
  }
  return folder
}

function configOf(diffIds: string[]): string {
  const history = [
    { created_by: 'ADD rootfs' },
    { created_by: 'ENV A=b', empty_layer: true },
    { created_by: 'COPY app' },
  ]
  return json({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: diffIds }, history })
}

/** `docker save` up to engine 24: plain layers in folders, the configuration named by its digest. */
function oldSave(change: Files = {}, layers = [layerTar, upperTar]): Files {
  const config = configOf([digestOf(layerTar), digestOf(upperTar)])
  const names = layers.map((_, i) => `${'ab'.repeat(31)}0${i}/layer.tar`)
  return {
    ...Object.fromEntries(names.map((name, i) => [name, layers[i]!])),
    [`${hexOf(config)}.json`]: config,
    'manifest.json': json([{ Config: `${hexOf(config)}.json`, RepoTags: ['app:1'], Layers: names }]),
    repositories: '{}',
    ...change,
  }
}

interface Layout {
  files: Files
  add(document: unknown, mediaType?: string): { mediaType: string; digest: string; size: number }
}

function layout(): Layout {
  const files: Files = { 'oci-layout': '{"imageLayoutVersion":"1.0.0"}' }
  return {
    files,
    add(document, mediaType = 'application/vnd.oci.image.manifest.v1+json') {
      const data = Buffer.isBuffer(document) || typeof document === 'string' ? document : json(document)
      files[`blobs/sha256/${hexOf(data)}`] = data
      return { mediaType, digest: digestOf(data), size: Buffer.byteLength(data) }
    },
  }
}

function addImage(
  to: Layout,
  compress: keyof typeof compressors = 'gzip',
  tars = [layerTar, upperTar],
): ReturnType<Layout['add']> {
  const config = to.add(configOf(tars.map(digestOf)), 'application/vnd.oci.image.config.v1+json')
  const layers = tars.map(tar => to.add(compressors[compress](tar), 'application/vnd.oci.image.layer.v1.tar'))
  return to.add({ schemaVersion: 2, config, layers })
}

function ociFiles(compress: keyof typeof compressors = 'gzip', tars = [layerTar, upperTar]): Files {
  const to = layout()
  const manifest = addImage(to, compress, tars)
  to.files['index.json'] = json({
    manifests: [{ ...manifest, annotations: { 'org.opencontainers.image.ref.name': 'app:1' } }],
  })
  return to.files
}

/** `docker save` from engine 25 on: an OCI layout with a manifest.json over it. */
function newSave(): Files {
  const to = layout()
  const manifest = addImage(to, 'plain')
  const paths = [layerTar, upperTar].map(tar => `blobs/sha256/${hexOf(tar)}`)
  const config = `blobs/sha256/${hexOf(configOf([digestOf(layerTar), digestOf(upperTar)]))}`
  to.files['index.json'] = json({ manifests: [manifest] })
  to.files['manifest.json'] = json([{ Config: config, RepoTags: ['app:1'], Layers: paths }])
  return to.files
}

async function readAll(
  image: ImageSource,
  limits?: Partial<ReadLimits>,
): Promise<{ paths: string[]; readings: LayerReading[]; codes: string[] }> {
  const paths: string[] = []
  const readings: LayerReading[] = []
  for (const { index } of image.layers) {
    readings.push(
      await image.readLayer(
        index,
        { entry: ({ path, whiteout }) => void paths.push(whiteout ? `-${path}` : path) },
        limits,
      ),
    )
  }
  return { paths, readings, codes: readings.flatMap(reading => reading.problems.map(problem => problem.code)) }
}

async function withImage<T>(path: string, options: OpenOptions, use: (image: ImageSource) => Promise<T>): Promise<T> {
  const image = await openImage(path, { from: 'file', ...options })
  try {
    return await use(image)
  } finally {
    await image.close()
  }
}

const forms: Record<string, () => string> = {
  'old docker save': () => writeTar(oldSave()),
  'old docker save, gzip around it': () => writeTar(oldSave(), 'gzip'),
  'old docker save, zstd around it': () => writeTar(oldSave(), 'zstd'),
  'old docker save, unpacked': () => writeFolder(oldSave()),
  'new docker save': () => writeTar(newSave()),
  'an OCI layout with gzip layers': () => writeFolder(ociFiles('gzip')),
  'an OCI layout with zstd layers': () => writeFolder(ociFiles('zstd')),
  'an OCI layout with plain layers': () => writeFolder(ociFiles('plain')),
  'an OCI layout as tar, with ./': () =>
    writeTar(Object.entries(ociFiles()).map(([name, data]) => ({ name: `./${name}`, data }))),
}

for (const [name, make] of Object.entries(forms)) {
  test(`reads ${name}`, async () => {
    await withImage(make(), {}, async image => {
      const { paths, codes, readings } = await readAll(image)
      assert.deepEqual(paths, ['etc', 'etc/os-release', '-etc/os-release', 'app'])
      assert.deepEqual(codes, [])
      assert.deepEqual(image.problems, [])
      assert.equal(image.artifact.imageId, digestOf(configOf([digestOf(layerTar), digestOf(upperTar)])))
      assert.deepEqual(image.artifact.repoTags, ['app:1'])
      assert.deepEqual(
        image.artifact.layers.map(layer => layer.createdBy),
        ['ADD rootfs', 'COPY app'],
      )
      assert.deepEqual(
        image.layers.map(layer => layer.diffId),
        [digestOf(layerTar), digestOf(upperTar)],
      )
      assert.ok(readings.every(reading => reading.digest !== undefined || reading.diffId !== undefined))
    })
  })
}

test('a layer may be read again, without its digest being computed anew', async () => {
  await withImage(writeFolder(ociFiles()), {}, async image => {
    const first = await readAll(image)
    const second = await readAll(image)
    assert.deepEqual(second, first)
  })
})

test('layers that are links to the same layer, as docker save wrote them', async () => {
  const [name] = Object.keys(oldSave())
  const files = Object.entries(oldSave()).map(([name, data]): TarEntry => ({ name, data }))
  const link = { name: 'cc/layer.tar', type: '2', link: `../${name}` }
  const manifest = files.find(file => file.name === 'manifest.json')!
  const [image] = JSON.parse(String(manifest.data))
  manifest.data = json([{ ...image, Layers: [image.Layers[0], 'cc/layer.tar'] }])
  await withImage(writeTar([...files, link]), {}, async image => {
    const { paths, codes } = await readAll(image)
    assert.deepEqual(paths, ['etc', 'etc/os-release', 'etc', 'etc/os-release'])
    assert.deepEqual(codes, ['digest_mismatch'])
  })
})

test('docker export is one layer', async () => {
  for (const wrap of ['plain', 'gzip'] as const) {
    await withImage(writeTar({ './etc/os-release': 'ID=x\n', './usr/bin/true': 'x' }, wrap), {}, async image => {
      assert.deepEqual((await readAll(image)).paths, ['etc/os-release', 'usr/bin/true'])
    })
  }
})

test('an index of several platforms: this machine by default, another by name, attestations never', async () => {
  const to = layout()
  const here = process.arch === 'arm64' ? 'arm64' : 'amd64'
  const other = here === 'arm64' ? 'amd64' : 'arm64'
  const own = { ...addImage(to, 'gzip', [layerTar]), platform: { os: 'linux', architecture: here } }
  const foreign = { ...addImage(to, 'gzip', [upperTar]), platform: { os: 'linux', architecture: other, variant: 'v8' } }
  const unknown = { os: 'unknown', architecture: 'unknown' }
  const attestation = {
    ...addImage(to, 'zstd'),
    platform: unknown,
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
  }
  const index = to.add(
    { schemaVersion: 2, manifests: [attestation, foreign, own] },
    'application/vnd.oci.image.index.v1+json',
  )
  to.files['index.json'] = json({ manifests: [index] })
  const folder = writeFolder(to.files)
  const diffId = (image: ImageSource): Promise<string | undefined> => Promise.resolve(image.layers[0]?.diffId)
  assert.equal(await withImage(folder, {}, diffId), digestOf(layerTar))
  assert.equal(await withImage(folder, { platform: `linux/${other}` }, diffId), digestOf(upperTar))
  await assert.rejects(withImage(folder, { platform: 'linux/s390x' }, diffId), hasCode('target_not_found'))
  await assert.rejects(withImage(folder, { platform: 'linux' }, diffId), hasCode('bad_argument'))
})

test('a single image of another platform than the one asked for is none, in whatever form', async () => {
  const to = layout()
  to.files['index.json'] = json({ manifests: [addImage(to, 'gzip', [layerTar])] })
  for (const path of [writeTar(oldSave()), writeFolder(to.files)]) {
    await withImage(path, { platform: 'linux/amd64' }, readAll)
    await assert.rejects(withImage(path, { platform: 'linux/arm64' }, readAll), hasCode('target_not_found'))
    await assert.rejects(withImage(path, { platform: 'arm64' }, readAll), hasCode('bad_argument'))
  }
})

test('of several images in one archive the first is read, another by name, and what is left out is said', async () => {
  const files = oldSave()
  const [image] = JSON.parse(String(files['manifest.json']))
  files['manifest.json'] = json([image, { ...image, RepoTags: ['two:2'], Layers: image.Layers.slice(0, 1) }])
  const path = writeTar(files)
  await withImage(path, {}, async source =>
    assert.deepEqual(
      source.problems.map(problem => problem.code),
      ['skipped'],
    ),
  )
  await withImage(path, { image: 'two:2' }, async source => {
    assert.equal(source.layers.length, 1)
    assert.deepEqual(source.problems, [])
  })
  await assert.rejects(
    withImage(path, { image: 'three' }, async () => {}),
    hasCode('target_not_found'),
  )
})

const lies: Record<string, () => { path: string; options?: OpenOptions }> = {
  'a plain layer that is not its diffID': () => ({
    path: writeTar(oldSave({}, [layerTar, tarOf([{ name: 'other' }])])),
  }),
  'a blob that is not its digest': () => {
    const files = ociFiles()
    const changed = compressors.gzip(tarOf([{ name: 'other' }]))
    const layer = `blobs/sha256/${hexOf(compressors.gzip(upperTar))}`
    return { path: writeFolder({ ...files, [layer]: changed }) }
  },
  'a diffID of a gzip layer, when asked': () => {
    const to = layout()
    const config = to.add(configOf([digestOf('something else')]), 'c')
    const manifest = to.add({ config, layers: [to.add(compressors.gzip(layerTar))] })
    to.files['index.json'] = json({ manifests: [manifest] })
    return { path: writeFolder(to.files), options: { verifyDiffIds: true } }
  },
  'a gzip layer of docker save that is not its diffID': () => ({
    path: writeTar(oldSave({}, [layerTar, compressors.gzip(tarOf([{ name: 'other' }]))])),
  }),
}

for (const [name, make] of Object.entries(lies)) {
  test(`finds ${name}, and names the layer`, async () => {
    const { path, options } = make()
    await withImage(path, options ?? {}, async image => {
      const { readings } = await readAll(image)
      const found = readings.flatMap(reading => reading.problems.filter(problem => problem.code === 'digest_mismatch'))
      assert.ok(found.length > 0)
      const layer = image.layers.at(-1)!
      assert.equal(found[0]!.path, layer.digest ?? layer.diffId)
      assert.match(found[0]!.detail, new RegExp(`layer ${layer.index}`))
    })
  })
}

function hasCode(code: ErrorCode): (error: JennerError) => boolean {
  return error => {
    assert.equal(error.code, code)
    return true
  }
}

const refused: Record<string, { code: ErrorCode; make: () => string }> = {
  'a file that is not there': { code: 'target_not_found', make: () => join(base, 'none') },
  'an empty file': { code: 'truncated', make: () => writeAny('') },
  text: { code: 'not_an_image', make: () => writeAny('hello '.repeat(1000)) },
  'a tar of something else': { code: 'not_an_image', make: () => writeTar({ 'README.md': 'x' }) },
  'an empty folder': { code: 'not_an_image', make: () => writeFolder({ 'a/b': '' }) },
  'a gzip archive that breaks off': {
    code: 'truncated',
    make: () => writeAny(compressors.gzip(tarOf([{ name: 'etc/x' }])).subarray(0, 40)),
  },
  'manifest.json that is no JSON': { code: 'malformed', make: () => writeTar(oldSave({ 'manifest.json': '[{' })) },
  'manifest.json that is no list': {
    code: 'malformed',
    make: () => writeTar(oldSave({ 'manifest.json': '{"__proto__":[]}' })),
  },
  'a manifest of no image': { code: 'target_not_found', make: () => writeTar(oldSave({ 'manifest.json': '[]' })) },
  'a configuration that is elsewhere': {
    code: 'not_an_image',
    make: () => writeTar(oldSave({ 'manifest.json': json([{ Config: '../../etc/passwd', Layers: [] }]) })),
  },
  'a configuration that is not its digest': {
    code: 'digest_mismatch',
    make: () => {
      const files = oldSave()
      const name = Object.keys(files).find(key => /^[a-f0-9]{64}\.json$/.test(key))!
      return writeTar({ ...files, [name]: '{}' })
    },
  },
  'ten thousand layers': {
    code: 'limit_exceeded',
    make: () =>
      writeTar(
        oldSave({
          'manifest.json': json([
            { ...JSON.parse(String(oldSave()['manifest.json']))[0], Layers: Array(10_000).fill('x') },
          ]),
        }),
      ),
  },
  'a huge configuration': {
    code: 'limit_exceeded',
    make: () => {
      const config = json({ config: { Labels: { a: 'x'.repeat(9_000_000) } } })
      return writeTar({
        [`${hexOf(config)}.json`]: config,
        'manifest.json': json([{ Config: `${hexOf(config)}.json`, Layers: [] }]),
      })
    },
  },
  'a digest that is a path': {
    code: 'malformed',
    make: () =>
      writeFolder({
        'index.json': json({ manifests: [{ digest: 'sha256:../../../etc/passwd', size: 1, mediaType: '' }] }),
      }),
  },
  'a manifest that is not its digest': {
    code: 'digest_mismatch',
    make: () =>
      writeFolder({
        'index.json': json({ manifests: [{ digest: digestOf('a'), size: 2, mediaType: '' }] }),
        [`blobs/sha256/${hexOf('a')}`]: '{}',
      }),
  },
  'indexes without end': {
    code: 'limit_exceeded',
    make: () => {
      const to = layout()
      let last = addImage(to)
      for (let i = 0; i < 8; i++) last = to.add({ manifests: [last] })
      to.files['index.json'] = json({ manifests: [last] })
      return writeFolder(to.files)
    },
  },
}

function writeAny(data: Buffer | string): string {
  const path = join(base, `file-${counter++}`)
  writeFileSync(path, data)
  return path
}

for (const [name, { code, make }] of Object.entries(refused)) {
  test(`refuses ${name}`, async () => {
    await assert.rejects(
      withImage(make(), {}, async () => {}),
      hasCode(code),
    )
  })
}

test('a blob that is a link out of the layout is as good as absent', async () => {
  const files = ociFiles()
  const layer = `blobs/sha256/${hexOf(compressors.gzip(upperTar))}`
  const { [layer]: data, ...rest } = files
  const folder = writeFolder(rest)
  symlinkSync(writeAny(data!), join(folder, layer))
  await withImage(folder, {}, async image => assert.deepEqual((await readAll(image)).codes, ['unreadable']))
})

const badLayers: Record<string, { layer: Buffer; codes: string[]; limits?: Partial<ReadLimits> }> = {
  'a gzip bomb': {
    layer: compressors.gzip(Buffer.alloc(200 * 1024 * 1024)),
    codes: ['bomb'],
    limits: { maxRatio: 100 },
  },
  'a zstd bomb': {
    layer: compressors.zstd(
      Buffer.alloc(200 * 1024 * 1024, tarOf([{ name: 'a', size: 0o77777777777 }]).subarray(0, 512)),
    ),
    codes: ['bomb'],
  },
  'a layer beyond its limit': {
    layer: compressors.gzip(tarOf([{ name: 'a', data: Buffer.alloc(5_000_000, 'ab') }])),
    codes: ['too_large'],
    limits: { maxLayerBytes: 2_000_000 },
  },
  'a deadline that is over': {
    layer: compressors.gzip(tarOf([{ name: 'a', data: Buffer.alloc(9_000_000, 'ab') }])),
    codes: ['timed_out'],
    limits: { deadline: 1 },
  },
  'an xz layer': { layer: Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2]), codes: ['unsupported'] },
  'a layer of garbage': { layer: Buffer.from('no tar at all '.repeat(100)), codes: ['malformed'] },
}

for (const [name, { layer, codes, limits }] of Object.entries(badLayers)) {
  test(`says what is wrong with ${name}`, async () => {
    const to = layout()
    const config = to.add(configOf([]), 'c')
    to.files['index.json'] = json({ manifests: [to.add({ config, layers: [to.add(layer)] })] })
    await withImage(writeFolder(to.files), {}, async image =>
      assert.deepEqual((await readAll(image, limits)).codes, codes),
    )
  })
}

test('a layer that is cut anywhere is truncated, and read as far as it goes', async () => {
  const tar = tarOf(Array.from({ length: 50 }, (_, i) => ({ name: `f${i}`, data: hexOf(String(i)).repeat(9) })))
  for (const compress of ['gzip', 'zstd', 'plain'] as const) {
    const stored = compressors[compress](tar)
    for (let part = 1; part < 7; part++) {
      const to = layout()
      const config = to.add(configOf([]), 'c')
      to.files['index.json'] = json({
        manifests: [to.add({ config, layers: [to.add(stored.subarray(0, Math.floor((stored.length * part) / 7)))] })],
      })
      await withImage(writeFolder(to.files), {}, async image => {
        const { codes } = await readAll(image)
        assert.ok(codes.length > 0 && codes.every(code => code === 'truncated'), `${compress} ${part}: ${codes}`)
      })
    }
  }
})

test('an archive that is cut anywhere says so', async () => {
  for (const files of [oldSave(), newSave(), ociFiles()]) {
    const whole = readFileSync(writeTar(files))
    for (let part = 0; part < 7; part++) {
      const path = writeAny(whole.subarray(0, Math.floor((whole.length * part) / 7)))
      const said = async (image: ImageSource) => ({ codes: [...image.problems, ...(await readAll(image)).codes] })
      const outcome = await withImage(path, {}, said).catch((error: JennerError) => ({ codes: [error.code] }))
      assert.ok(outcome.codes.length > 0, `nothing said at ${part}/7`)
    }
  }
})

test('stores that are not there are named; a name is needed', async () => {
  const storeRoots = { containerd: [join(base, 'none')], podman: [join(base, 'none')] }
  for (const from of ['containerd', 'podman'] as const)
    await assert.rejects(openImage('alpine', { from, storeRoots }), hasCode('target_not_found'))
  await assert.rejects(openLocalImage('alpine', ['containerd', 'podman'], { storeRoots }), (error: JennerError) => {
    assert.equal(error.code, 'target_not_found')
    return /^alpine \(containerd: no containerd here; podman: no Podman store here\)$/.test(error.detail)
  })
  await assert.rejects(openImage('', {}), hasCode('bad_argument'))
  const damaged = join(base, 'damaged')
  mkdirSync(join(damaged, 'io.containerd.metadata.v1.bolt'), { recursive: true })
  writeFileSync(join(damaged, 'io.containerd.metadata.v1.bolt/meta.db'), Buffer.alloc(70_000))
  const broken = { storeRoots: { containerd: [damaged], podman: [] } }
  await assert.rejects(openImage('alpine', { from: 'containerd', ...broken }), hasCode('target_unreadable'))
  await assert.rejects(
    openLocalImage('alpine', ['containerd', 'podman'], broken),
    /not a bolt database.*podman: no Podman store/,
  )
})

test('no descriptor and no temporary file is left', async () => {
  const work = mkdtempSync(join(base, 'work-'))
  const before = readdirSync('/proc/self/fd').length
  for (const wrap of ['plain', 'gzip'] as const)
    await withImage(writeTar(oldSave(), wrap), { workDir: work }, async image => readAll(image))
  await assert.rejects(withImage(writeTar({ x: 'y' }, 'gzip'), { workDir: work }, async () => {}))
  assert.deepEqual(readdirSync(work), [])
  assert.ok(readdirSync('/proc/self/fd').length <= before)
  assert.ok(readFileSync('/proc/self/fdinfo/0').length > 0)
})
