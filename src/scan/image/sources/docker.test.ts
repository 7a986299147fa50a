import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { ErrorCode, JennerError } from '../../../base/errors.ts'
import { openImage } from '../open.ts'
import type { OpenOptions, ReadProgress } from '../source.ts'
import { tarOf } from '../testing.ts'
import { listDockerImages } from './docker-api.ts'

/** A daemon that answers as Docker's Engine API does, with an image of two layers. */
const base = mkdtempSync(join(tmpdir(), 'jenner-docker-'))
const socket = join(base, 'docker.sock')
const dockerHost = `unix://${socket}`
const digestOf = (data: Buffer | string): string => `sha256:${createHash('sha256').update(data).digest('hex')}`

const layers = [
  tarOf([{ name: 'etc/os-release', data: 'ID=debian\n' }]),
  tarOf([{ name: 'app', data: Buffer.alloc(9_000_000, 'a') }]),
]
const steps = [{ created_by: 'ADD rootfs' }, { created_by: 'ENV A=b', empty_layer: true }, { created_by: 'COPY app' }]
const config = JSON.stringify({ rootfs: { type: 'layers', diff_ids: layers.map(digestOf) }, history: steps })
const archive = tarOf([
  { name: 'c.json', data: config },
  { name: '0/layer.tar', data: layers[0]! },
  { name: '1/layer.tar', data: layers[1]! },
  {
    name: 'manifest.json',
    data: JSON.stringify([{ Config: 'c.json', RepoTags: null, Layers: ['0/layer.tar', '1/layer.tar'] }]),
  },
])
const image = {
  Id: digestOf(config),
  RepoTags: ['app:1'],
  RepoDigests: [],
  Size: 42,
  Architecture: 'amd64',
  Os: 'linux',
  Created: '2026-01-01T00:00:00Z',
  Config: { Env: ['A=b'] },
  RootFS: { Type: 'layers', Layers: layers.map(digestOf) },
}
const history = [
  { CreatedBy: 'COPY app', Created: 3, Size: 9_000_000 },
  { CreatedBy: 'ENV A=b', Created: 2, Size: 0 },
  { CreatedBy: 'ADD rootfs', Created: 1, Size: 10 },
]
const listed = [
  { ...image, RepoTags: ['app:1', '<none>:<none>'], Created: 5 },
  { Id: 'sha256:x', RepoTags: null, RepoDigests: ['<none>@<none>'], Size: 1, Created: 1 },
]

const asked: string[] = []
let cut = false
let server: Server

before(async () => {
  server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '')
    asked.push(url)
    const answers: Record<string, unknown> = {
      '/images/json': listed,
      '/images/app:1/json': image,
      '/images/app:1/history': history,
      '/images/team/app@sha256:1/json': image,
      '/images/team/app@sha256:1/history': history,
    }
    if (url === `/images/${image.Id}/get`) {
      if (!cut) return response.end(archive)
      response.write(archive.subarray(0, 6_000_000), () => response.destroy())
      return response
    }
    if (answers[url] !== undefined) return response.end(JSON.stringify(answers[url]))
    response.statusCode = url.includes('broken') ? 500 : 404
    return response.end('{"message":"No such image"}')
  })
  await new Promise<void>(resolve => server.listen(socket, resolve))
})
after(() => {
  server.close()
  rmSync(base, { recursive: true, force: true })
})

const hasCode = (code: ErrorCode) => (error: JennerError) => error.code === code

test('lists what the daemon has, without the names that are none', async () => {
  assert.deepEqual(await listDockerImages({ dockerHost }), [
    { id: image.Id, repoTags: ['app:1'], repoDigests: [], size: 42, created: 5 },
    { id: 'sha256:x', repoTags: [], repoDigests: [], size: 1, created: 1 },
  ])
})

async function read(name: string, options: OpenOptions = {}): Promise<{ paths: string[]; problems: string[] }> {
  const source = await openImage(name, { from: 'docker', dockerHost, workDir: base, ...options })
  const paths: string[] = []
  const problems: string[] = []
  try {
    for (const { index } of source.layers) {
      const reading = await source.readLayer(index, { entry: ({ path }) => void paths.push(path) })
      problems.push(...reading.problems.map(problem => problem.code))
    }
  } finally {
    await source.close()
  }
  return { paths, problems }
}

test('an image is described at once, and fetched with the first layer', async () => {
  asked.length = 0
  const progress: ReadProgress[] = []
  const source = await openImage('docker://app:1', {
    dockerHost,
    workDir: base,
    onProgress: step => void progress.push(step),
  })
  assert.deepEqual(asked, ['/images/app:1/json', '/images/app:1/history'])
  assert.equal(source.artifact.imageId, image.Id)
  assert.equal(source.artifact.size, 42)
  assert.deepEqual(source.artifact.config?.config, { Env: ['A=b'] })
  assert.deepEqual(
    source.artifact.layers.map(layer => layer.createdBy),
    ['ADD rootfs', 'COPY app'],
  )
  assert.deepEqual(
    source.layers.map(layer => layer.diffId),
    layers.map(digestOf),
  )
  const reading = await source.readLayer(1, { entry: () => undefined })
  assert.deepEqual(reading.problems, [])
  assert.equal(reading.diffId, digestOf(layers[1]!))
  assert.equal(source.artifact.layers[1]!.size, layers[1]!.length)
  assert.ok(progress.some(step => step.phase === 'spool' && step.done > 4_000_000))
  await source.close()
  assert.equal(asked.filter(url => url.endsWith('/get')).length, 1)
  assert.deepEqual(readdirSync(base), ['docker.sock'])
})

test('a name with a digest and slashes is one name', async () => {
  assert.deepEqual(await read('team/app@sha256:1'), { paths: ['etc/os-release', 'app'], problems: [] })
})

test('an image that the daemon does not send whole is an error, and leaves no file', async () => {
  cut = true
  await assert.rejects(read('app:1'), hasCode('truncated'))
  cut = false
  assert.deepEqual(readdirSync(base), ['docker.sock'])
})

test('a daemon that changes an image under its name is found out', async () => {
  const wrong = [digestOf('other'), digestOf(layers[1]!)]
  image.RootFS.Layers = wrong
  assert.deepEqual((await read('app:1')).problems, ['digest_mismatch'])
  image.RootFS.Layers = layers.map(digestOf)
})

test('no such image, no daemon, no unix socket', async () => {
  await assert.rejects(read('none:1'), hasCode('target_not_found'))
  await assert.rejects(read('broken'), hasCode('docker_unreachable'))
  await assert.rejects(read('app:1', { dockerHost: `unix://${base}/none.sock` }), hasCode('docker_unreachable'))
  await assert.rejects(read('app:1', { dockerHost: 'ssh://host' }), hasCode('not_built_yet'))
})

test('an image of another platform than the one asked for is none', async () => {
  assert.deepEqual((await read('app:1', { platform: 'linux/amd64' })).problems, [])
  await assert.rejects(read('app:1', { platform: 'linux/arm64' }), hasCode('target_not_found'))
  await assert.rejects(read('app:1', { platform: 'arm64' }), hasCode('bad_argument'))
})
