import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openImage } from '../../src/scan/image/open.ts'
import type { OpenOptions } from '../../src/scan/image/source.ts'
import { listDockerImages } from '../../src/scan/image/sources/docker-api.ts'

const docker = works('docker', ['version']) ? false : 'needs Docker'
const skopeo = docker || (works('skopeo', ['--version']) ? false : 'needs skopeo')

const base = mkdtempSync(join(tmpdir(), 'jenner-e2e-'))
const name = `jenner-e2e-${process.pid}`
const saved = join(base, 'saved.tar')

function works(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 }).trim()
}

before(() => {
  if (docker !== false) return
  const root = join(base, 'root')
  mkdirSync(join(root, 'etc'), { recursive: true })
  mkdirSync(join(root, 'usr/share/doc'), { recursive: true })
  writeFileSync(join(root, 'etc/os-release'), 'ID=debian\n')
  writeFileSync(join(root, 'usr/share/doc', `${'long-name-'.repeat(20)}.txt`), 'x'.repeat(100_000))
  symlinkSync('../usr/share', join(root, 'etc/link'))
  run('tar', '-C', root, '-cf', join(base, 'root.tar'), '.')
  run('docker', 'import', join(base, 'root.tar'), `${name}:base`)
  writeFileSync(
    join(base, 'Dockerfile'),
    `FROM ${name}:base\nENV A=b\nCOPY root.tar /opt/root.tar\nCOPY root/etc/os-release /etc/os-release\n`,
  )
  run('docker', 'build', '-q', '-t', `${name}:app`, base)
  run('docker', 'save', '-o', saved, `${name}:app`)
})

after(() => {
  if (docker === false) spawnSync('docker', ['rmi', '-f', `${name}:app`, `${name}:base`], { stdio: 'ignore' })
  rmSync(base, { recursive: true, force: true })
})

async function read(
  target: string,
  options: OpenOptions = {},
): Promise<{ paths: string[]; problems: unknown[]; source: Awaited<ReturnType<typeof openImage>> }> {
  const source = await openImage(target, { workDir: base, ...options })
  const paths: string[] = []
  const problems: unknown[] = [...source.problems]
  for (const { index } of source.layers) {
    const reading = await source.readLayer(index, {
      entry: ({ path, type }) => void (type !== 'directory' && paths.push(`${index} ${path}`)),
    })
    problems.push(...reading.problems)
  }
  await source.close()
  return { paths, problems, source }
}

const expected = [
  '0 etc/link',
  '0 etc/os-release',
  `0 usr/share/doc/${'long-name-'.repeat(20)}.txt`,
  '1 opt/root.tar',
  '2 etc/os-release',
]

test('an image of the Docker daemon, by tag and by a part of its id', { skip: docker }, async () => {
  const before = readdirSync(base)
  for (const target of [`${name}:app`, run('docker', 'images', '-q', `${name}:app`)]) {
    const { paths, problems, source } = await read(target, { from: 'docker' })
    assert.deepEqual(problems, [])
    assert.deepEqual(paths.toSorted(), expected)
    assert.equal(source.artifact.imageId, run('docker', 'inspect', '-f', '{{.Id}}', `${name}:app`))
    assert.ok(source.artifact.repoTags.includes(`${name}:app`))
    assert.match(source.artifact.layers[1]!.createdBy ?? '', /COPY|ADD/)
  }
  assert.deepEqual(readdirSync(base), before)
})

test('the images that Docker lists', { skip: docker }, async () => {
  const tags = (await listDockerImages()).flatMap(image => image.repoTags)
  assert.ok(tags.includes(`${name}:app`) && tags.includes(`${name}:base`))
})

test('what docker save writes, and gzip and zstd around it', { skip: docker }, async () => {
  run('gzip', '-k', '-1', saved)
  run('zstd', '-q', saved)
  for (const path of [saved, `${saved}.gz`, `${saved}.zst`]) {
    const { paths, problems, source } = await read(path)
    assert.deepEqual(problems, [])
    assert.deepEqual(paths.toSorted(), expected)
    assert.deepEqual(source.artifact.repoTags, [`${name}:app`])
  }
})

test('what docker export writes', { skip: docker }, async () => {
  const container = run('docker', 'create', `${name}:app`, '/none')
  const exported = join(base, 'exported.tar')
  run('docker', 'export', '-o', exported, container)
  run('docker', 'rm', container)
  const { paths, problems } = await read(exported)
  assert.deepEqual(problems, [])
  assert.ok(paths.includes('0 etc/os-release') && paths.includes('0 opt/root.tar'))
})

for (const format of ['gzip', 'zstd'] as const) {
  test(`what skopeo writes as an OCI layout with ${format} layers, as folder and as archive`, {
    skip: skopeo,
  }, async () => {
    const folder = join(base, `oci-${format}`)
    run(
      'skopeo',
      '--insecure-policy',
      'copy',
      '-q',
      '--dest-compress-format',
      format,
      '--dest-oci-accept-uncompressed-layers=false',
      `docker-archive:${saved}`,
      `oci:${folder}:app`,
    )
    run('skopeo', '--insecure-policy', 'copy', '-q', `oci:${folder}:app`, `oci-archive:${folder}.tar:app`)
    for (const path of [folder, `${folder}.tar`]) {
      const { paths, problems, source } = await read(path)
      assert.deepEqual(problems, [])
      assert.deepEqual(paths.toSorted(), expected)
      assert.ok(source.layers.every(layer => layer.mediaType.endsWith(`+${format}`)))
    }
  })
}
