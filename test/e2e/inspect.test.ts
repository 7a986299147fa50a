import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { tarOf } from '../../src/scan/image/testing.ts'
import { findPackages } from '../../src/scan/inspect/find-packages.ts'
import { inspect } from '../../src/scan/inspect/inspect.ts'
import { sandboxCommand } from '../../src/scan/inspect/sandbox.ts'
import { childrenOf, hasChild } from './children.ts'

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'jenner-inspect-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

function write(root: string, files: Record<string, string | Buffer>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, root, path)), { recursive: true })
    writeFileSync(join(folder, root, path), content)
  }
  return join(folder, root)
}

const status = (...names: string[]) =>
  names.map(name => `Package: ${name}\nStatus: install ok installed\nVersion: 1\n`).join('\n')
const lock = (count: number) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: Object.fromEntries(Array.from({ length: count }, (_, i) => [`node_modules/p${i}`, { version: '1.0.0' }])),
  })

suite('folders', () => {
  test('a root: distribution and packages', async () => {
    const root = write('root', {
      'etc/os-release': 'ID=debian\nVERSION_ID=12\n',
      'var/lib/dpkg/status': status('a', 'b'),
    })
    const { os, packages, incomplete, artifact } = await inspect({ kind: 'rootfs', name: root })
    assert.deepEqual(
      [os?.family, packages.map(({ purl }) => purl)],
      ['debian', ['pkg:deb/debian/a@1?distro=debian-12', 'pkg:deb/debian/b@1?distro=debian-12']],
    )
    assert.deepEqual([incomplete, artifact.type], [[], 'rootfs'])
  })

  test('a project: what its lock files say, and not what is installed in it', async () => {
    const project = write('project', {
      'package-lock.json': lock(3),
      'node_modules/x/package.json': '{"name":"x","version":"1.0.0"}',
    })
    const { packages } = await inspect({ kind: 'fs', name: project })
    assert.deepEqual(
      packages.map(({ name }) => name),
      ['p0', 'p1', 'p2'],
    )
    assert.equal((await findPackages(project)).length, 4)
  })

  test('a project that is a root: the system’s packages as well', async () => {
    const root = write('both', {
      'etc/os-release': 'ID=debian\nVERSION_ID=12\n',
      'var/lib/dpkg/status': status('a'),
      'app/package-lock.json': lock(1),
      'app/node_modules/x/package.json': '{"name":"x","version":"1.0.0"}',
    })
    const names = async (kind: 'fs' | 'repo') => (await inspect({ kind, name: root })).packages.map(({ name }) => name)
    assert.deepEqual((await names('fs')).sort(), ['a', 'p0'])
    assert.deepEqual(await names('repo'), ['p0'])
  })

  test('folders and files to skip', async () => {
    const project = write('skips', {
      'a/package-lock.json': lock(1),
      'b/package-lock.json': lock(2),
      'c/package-lock.json': lock(3),
    })
    const { packages } = await inspect(
      { kind: 'fs', name: project },
      { skipDirs: ['a'], skipFiles: ['**/b/package-lock.json'] },
    )
    assert.deepEqual(new Set(packages.map(({ path }) => path)), new Set(['c/package-lock.json']))
  })

  test('a single file', async () => {
    const project = write('single', { 'package-lock.json': lock(2), 'yarn.lock': '' })
    const { packages } = await inspect({ kind: 'fs', name: join(project, 'package-lock.json') })
    assert.deepEqual(
      packages.map(({ path }) => path),
      ['package-lock.json', 'package-lock.json'],
    )
  })

  test('what is not there is an error', async () => {
    await assert.rejects(inspect({ kind: 'fs', name: join(folder, 'nothing') }), { code: 'target_not_found' })
    await assert.rejects(inspect({ kind: 'archive', name: join(folder, 'nothing') }), { name: 'JennerError' })
  })
})

suite('limits', () => {
  test('a file that needs more memory than there is: it is named, the rest is found', async () => {
    const project = write('memory', { 'a/package-lock.json': lock(400_000), 'b/package-lock.json': lock(2) })
    const { packages, incomplete } = await inspect({ kind: 'fs', name: project }, { maxMemory: 64 * 1024 * 1024 })
    assert.deepEqual(
      incomplete.map(({ path, code }) => [path, code]),
      [['a/package-lock.json', 'memory']],
    )
    assert.equal(packages.length, 2)
  })

  test('a file that takes too long: it is named, the rest is found', async () => {
    const project = write('slow', { 'a/package-lock.json': lock(500_000), 'b/package-lock.json': lock(2) })
    const { packages, incomplete } = await inspect({ kind: 'fs', name: project }, { fileTimeout: 400 })
    assert.deepEqual(
      incomplete.map(({ path, code }) => [path, code]),
      [['a/package-lock.json', 'timed_out']],
    )
    assert.equal(packages.length, 2)
  })

  test('no time at all: an incomplete result, not an error', async () => {
    const project = write('late', { 'package-lock.json': lock(2) })
    const { incomplete } = await inspect({ kind: 'fs', name: project }, { timeout: 0 })
    assert.ok(incomplete.some(({ code }) => code === 'timed_out'))
  })

  test('a worker that is killed: an incomplete result', {
    skip: process.platform !== 'linux' && 'needs /proc',
  }, async () => {
    const project = write(
      'killed',
      Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`d${i % 50}/f${i}/package-lock.json`, lock(20)])),
    )
    const running = inspect({ kind: 'fs', name: project })
    assert.ok(await hasChild(process.pid), 'no worker was started')
    await setTimeout(100)
    for (const pid of childrenOf(process.pid)) process.kill(pid, 'SIGKILL')
    const { incomplete, artifact } = await running
    assert.ok(
      incomplete.some(({ code }) => code === 'worker_died'),
      JSON.stringify(incomplete),
    )
    assert.equal(artifact.type, 'filesystem')
  })

  test("a scan that is not wanted any more ends with the signal's reason", async () => {
    const signal = AbortSignal.timeout(50)
    await assert.rejects(inspect({ kind: 'rootfs', name: '/usr' }, { signal }), { name: 'TimeoutError' })
  })
})

suite('sandbox', () => {
  const run = (code: string) => {
    const script = join(write('scripts', { 'probe.mjs': code }), 'probe.mjs')
    const command = sandboxCommand(script, {
      heapBytes: 128 * 1024 * 1024,
      openFiles: 256,
      writable: [join(folder, 'allowed')],
      withoutNetwork: true,
    })
    return spawnSync(command.file, command.args, { encoding: 'utf8' }).stdout.trim()
  }
  const attempt = (code: string) => `try { ${code}; console.log('done') } catch (error) { console.log(error.code) }`

  test('writes nowhere else, starts nothing', () => {
    mkdirSync(join(folder, 'allowed'), { recursive: true })
    const fs = "const fs = await import('node:fs')"
    assert.equal(run(attempt(`${fs}; fs.writeFileSync(${JSON.stringify(join(folder, 'allowed/x'))}, '')`)), 'done')
    assert.equal(
      run(attempt(`${fs}; fs.writeFileSync(${JSON.stringify(join(folder, 'elsewhere'))}, '')`)),
      'ERR_ACCESS_DENIED',
    )
    assert.equal(
      run(attempt("const c = await import('node:child_process'); c.execFileSync('true')")),
      'ERR_ACCESS_DENIED',
    )
  })

  test('opens only so many files', { skip: process.platform === 'win32' && 'needs a shell' }, () => {
    assert.equal(
      run(attempt("const fs = await import('node:fs'); for (let i = 0; i < 300; i++) fs.openSync('/dev/null')")),
      'EMFILE',
    )
  })

  test('reaches no network', { skip: canUnshare() ? false : 'needs root and unshare' }, async () => {
    const server = createServer(socket => socket.end()).listen(0, '127.0.0.1')
    await new Promise(resolve => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    const connect = `const net = await import('node:net'); net.connect(${port}, '127.0.0.1').on('connect', () => { console.log('connected'); process.exit() }).on('error', e => console.log(e.code))`
    assert.equal(run(connect), 'ENETUNREACH')
    server.close()
  })
})

suite('Docker', {
  skip: spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker',
}, () => {
  const image = 'jenner-inspect-test:1'
  after(() => spawnSync('docker', ['image', 'rm', '-f', image]))

  test('an image of the daemon; again, without asking it for a byte of a layer', async () => {
    const tar = tarOf([
      { name: './etc/os-release', data: 'ID=alpine\nVERSION_ID=3.19.1\n' },
      { name: './lib/apk/db/installed', data: 'P:musl\nV:1.2.4-r2\n\n' },
    ])
    assert.equal(spawnSync('docker', ['import', '-', image], { input: tar }).status, 0)
    const cacheDir = join(folder, 'cache-docker')
    const target = { kind: 'image', name: image } as const
    const phases = new Set<string>()
    const first = await inspect(target, { cacheDir })
    assert.deepEqual([first.packages.map(p => p.name), first.incomplete], [['musl'], []])
    assert.match(first.packages[0]?.layer?.diffId ?? '', /^sha256:/)
    const second = await inspect(target, { cacheDir, onProgress: ({ phase }) => phases.add(phase) })
    assert.deepEqual([second.packages, second.timing.layersFromCache, [...phases]], [first.packages, 1, []])
  })

  test('an image that the daemon does not know is an error', async () => {
    await assert.rejects(inspect({ kind: 'image', name: 'jenner-no-such-image:1' }), { code: 'target_not_found' })
  })
})

function canUnshare(): boolean {
  return process.getuid?.() === 0 && spawnSync('unshare', ['--net', 'true']).status === 0
}

suite('images', () => {
  const blob = (root: string, data: Buffer) => {
    const hex = createHash('sha256').update(data).digest('hex')
    write(root, { [`blobs/sha256/${hex}`]: data })
    return { digest: `sha256:${hex}`, size: data.length }
  }
  /** An OCI layout of these layers; `lie` gives one layer's descriptor another digest's name. */
  function layout(root: string, layers: Record<string, string>[], stored?: Buffer[]): string {
    const tars = layers.map(files => tarOf(Object.entries(files).map(([name, data]) => ({ name, data }))))
    const diffIds = tars.map(tar => `sha256:${createHash('sha256').update(tar).digest('hex')}`)
    const config = blob(
      root,
      Buffer.from(
        JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: diffIds } }),
      ),
    )
    const descriptors = tars.map((tar, index) => ({
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      ...blob(root, stored?.[index] ?? gzipSync(tar)),
    }))
    const manifest = blob(
      root,
      Buffer.from(
        JSON.stringify({
          schemaVersion: 2,
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
          layers: descriptors,
        }),
      ),
    )
    const index = {
      schemaVersion: 2,
      manifests: [{ mediaType: 'application/vnd.oci.image.manifest.v1+json', ...manifest }],
    }
    return write(root, { 'oci-layout': '{"imageLayoutVersion":"1.0.0"}', 'index.json': JSON.stringify(index) })
  }
  const layers: Record<string, string>[] = [
    { 'etc/os-release': 'ID=debian\nVERSION_ID=12\n', 'var/lib/dpkg/status': status('a') },
    { 'var/lib/dpkg/status': status('a', 'b') },
  ]

  test('packages with the layers that brought them; again, without reading a layer', async () => {
    const name = layout('image', layers)
    const cacheDir = join(folder, 'cache')
    await setTimeout(200)
    const first = await inspect({ kind: 'archive', name }, { cacheDir })
    assert.deepEqual(first.incomplete, [])
    assert.deepEqual(
      first.packages.map(p => [p.name, p.layer?.index]),
      [
        ['a', 0],
        ['b', 1],
      ],
    )
    assert.ok(
      first.packages.every(p => p.layer?.digest?.startsWith('sha256:') && p.layer.diffId?.startsWith('sha256:')),
    )
    const second = await inspect({ kind: 'archive', name }, { cacheDir })
    assert.deepEqual([second.packages, second.os, second.timing.layersFromCache], [first.packages, first.os, 2])
  })

  test('an image that names a known layer and holds another one is not taken for it', async () => {
    const cacheDir = join(folder, 'cache-lie')
    const honest = layout('honest', [{ 'var/lib/dpkg/status': status('clean') }])
    await setTimeout(200)
    await inspect({ kind: 'archive', name: honest }, { cacheDir })
    const [file] = readdirSync(join(honest, 'blobs/sha256')).filter(
      hex => readFileSync(join(honest, 'blobs/sha256', hex))[0] === 0x1f,
    )
    const evil = gzipSync(tarOf([{ name: 'var/lib/dpkg/status', data: status('evil') }]))
    writeFileSync(join(honest, 'blobs/sha256', file!), evil)
    await setTimeout(200)
    const { packages, incomplete, timing } = await inspect({ kind: 'archive', name: honest }, { cacheDir })
    assert.deepEqual([packages.map(p => p.name), timing.layersFromCache], [['evil'], 0])
    assert.ok(incomplete.some(({ code }) => code === 'digest_mismatch'))
  })

  test('a damaged cache is read past', async () => {
    const cacheDir = join(folder, 'cache-damaged')
    const name = layout('damaged', layers)
    await setTimeout(200)
    const first = await inspect({ kind: 'archive', name }, { cacheDir })
    for (const file of readdirSync(join(cacheDir, 'layers'))) writeFileSync(join(cacheDir, 'layers', file), 'x')
    const second = await inspect({ kind: 'archive', name }, { cacheDir })
    assert.deepEqual([second.packages, second.timing.layersFromCache], [first.packages, 0])
  })

  test('a layer that is cut off: what came before it is found, and it is said', async () => {
    const whole = gzipSync(
      tarOf([
        { name: 'var/lib/dpkg/status', data: status('a') },
        { name: 'x', data: Buffer.alloc(100_000, 'y') },
      ]),
    )
    const name = layout('cut', [{}], [whole.subarray(0, whole.length - 20)])
    const { packages, incomplete } = await inspect({ kind: 'archive', name })
    assert.deepEqual(
      packages.map(p => p.name),
      ['a'],
    )
    assert.ok(incomplete.length > 0)
  })
})
