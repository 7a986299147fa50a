import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Report } from '../../src/base/model/report.ts'
import { sampleLayers, writeLayout } from './oci-image.ts'

/** Debian's docker-registry with TLS and htpasswd, filled by skopeo. */
const needed = ['docker-registry', 'skopeo', 'openssl', 'htpasswd']
const absent = needed.filter(name => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0)
const skip = absent.length > 0 ? `needs ${absent.join(', ')}` : false

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'jenner-e2e-registry-'))
const authority = join(folder, 'ca.pem')
const log = join(folder, 'registry.log')
let server: ChildProcess | undefined
let host = ''

before(async () => {
  if (skip !== false) return
  host = `localhost:${await freePort()}`
  makeCertificate()
  writeFileSync(join(folder, 'htpasswd'), run('htpasswd', '-Bbn', 'alice', 'wonder land'))
  await startRegistry()
  mkdirSync(join(folder, 'docker'))
  const auth = Buffer.from('alice:wonder land').toString('base64')
  writeFileSync(join(folder, 'docker/config.json'), JSON.stringify({ auths: { [host]: { auth } } }))
  const arm = sampleLayers.map(layer => ({ ...layer, files: { ...layer.files, arm: 'yes' } }))
  writeLayout(join(folder, 'both'), [{ layers: sampleLayers }, { architecture: 'arm64', layers: arm }])
  const copy = ['copy', '-q', '--all', '--dest-tls-verify=false', '--dest-creds', 'alice:wonder land']
  run('skopeo', ...copy, `oci:${join(folder, 'both')}:v1`, `docker://${host}/team/app:v1`)
  // Docker's form knows gzip alone.
  const gzip = sampleLayers.map(layer => ({ ...layer, compression: 'gzip' as const }))
  writeLayout(join(folder, 'one'), [{ layers: gzip }])
  run('skopeo', ...copy, '--format', 'v2s2', `oci:${join(folder, 'one')}:v1`, `docker://${host}/team/docker:v1`)
})

after(() => {
  server?.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

function makeCertificate(): void {
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    join(folder, 'key.pem'),
  ]
  const name = ['-days', '2', '-subj', '/CN=jenner-e2e', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  run('openssl', 'req', '-x509', ...key, '-out', authority, ...name)
}

async function startRegistry(): Promise<void> {
  const settings = {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: {
      addr: host.replace('localhost', '127.0.0.1'),
      secret: 'x',
      tls: { certificate: authority, key: join(folder, 'key.pem') },
    },
    auth: { htpasswd: { realm: 'e2e', path: join(folder, 'htpasswd') } },
  }
  writeFileSync(join(folder, 'registry.yml'), JSON.stringify(settings))
  // Into the file itself: these tests wait for processes, nobody would read a pipe meanwhile.
  const file = openSync(log, 'w')
  server = spawn('docker-registry', ['serve', join(folder, 'registry.yml')], { stdio: ['ignore', file, file] })
  closeSync(file)
  for (let attempt = 0; attempt < 100; attempt++) {
    const [name, port] = host.split(':')
    if (
      spawnSync('openssl', ['s_client', '-connect', `${name}:${port}`], {
        input: '',
        stdio: ['pipe', 'ignore', 'ignore'],
      }).status === 0
    )
      return
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  throw new Error('the registry did not start')
}

const cache = join(folder, 'cache')

function jenner(words: string[], env: NodeJS.ProcessEnv = {}) {
  const own = { PATH: process.env.PATH, HOME: folder, DOCKER_CONFIG: join(folder, 'docker'), ...env }
  return spawnSync(process.execPath, [main, ...words], { encoding: 'utf8', env: own, timeout: 120_000 })
}

function scan(name: string, more: string[] = [], env: NodeJS.ProcessEnv = {}): Report {
  const words = ['image', name, '-f', 'json', '--allow-starter', '--cache-dir', cache, '--image-src', 'remote', ...more]
  const { status, stdout, stderr } = jenner(words, env)
  assert.equal(status, 0, stderr)
  return JSON.parse(stdout)
}

const packagesOf = (report: Report): string[] =>
  report.Results.flatMap(({ Packages }) => Packages ?? []).map(({ Name, Version }) => `${Name}@${Version}`)
const blobReads = (): number =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter(line => /GET \/v2\/\S+\/blobs\/.*"jenner"/.test(line)).length

const trusted = ['--registry-ca', authority]

test('TLS, a password from config.json, gzip, zstd and plain layers; the second time no layer is fetched', {
  skip,
}, () => {
  const report = scan(`${host}/team/app:v1`, [...trusted, '--platform', 'linux/amd64'])
  assert.deepEqual(packagesOf(report), ['libssl3@3.0.11', 'lodash@4.17.20'])
  assert.deepEqual(report.Metadata.RepoTags, [`${host}/team/app:v1`])
  const before = blobReads()
  assert.equal(before, 4)
  const again = scan(`${host}/team/app:v1`, [...trusted, '--platform', 'linux/amd64'])
  assert.deepEqual(again.Results, report.Results)
  assert.equal(again.Timing.layersFromCache, 3)
  assert.equal(blobReads(), before + 1, 'the configuration alone')
})

test('another platform, by tag and by digest; Docker’s manifest form', { skip }, () => {
  const arm = scan(`${host}/team/app:v1`, [...trusted, '--platform', 'linux/arm64'])
  assert.equal(arm.Metadata.ImageConfig?.architecture, 'arm64')
  const digest = arm.Metadata.RepoDigests![0]!
  assert.equal(scan(digest, [...trusted, '--platform', 'linux/arm64']).Metadata.ImageID, arm.Metadata.ImageID)
  assert.equal(packagesOf(scan(`registry:${host}/team/docker:v1`, trusted)).length, 2)
})

test('credentials by environment, by helper; none in the output', { skip }, () => {
  const nothing = { DOCKER_CONFIG: folder }
  const denied = jenner(['image', `${host}/team/app:v1`, ...trusted, '--image-src', 'remote'], nothing)
  assert.equal(denied.status, 1)
  assert.match(denied.stderr, /the registry refuses/)
  const env = { ...nothing, JENNER_REGISTRY_USER: 'alice', JENNER_REGISTRY_PASSWORD: 'wonder land' }
  assert.equal(packagesOf(scan(`${host}/team/docker:v1`, [...trusted, '--no-cache'], env)).length, 2)
  const wrong = jenner(['image', `${host}/team/app:v1`, ...trusted, '--image-src', 'remote', '-d'], {
    ...nothing,
    JENNER_REGISTRY_USER: 'alice',
    JENNER_REGISTRY_PASSWORD: 'wr0ng-pass',
  })
  assert.equal(wrong.status, 1)
  assert.doesNotMatch(wrong.stdout + wrong.stderr, /wr0ng-pass/)
})

test('a certificate that nobody vouches for is refused, unless that is wanted', { skip }, () => {
  const refused = jenner(['image', `${host}/team/app:v1`, '--image-src', 'remote'])
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /cannot be reached.*certificate/)
  assert.equal(packagesOf(scan(`${host}/team/docker:v1`, ['--insecure'])).length, 2)
})

test('a mirror that is not there is passed over; --offline asks nobody; a missing tag is not found', { skip }, () => {
  const mirror = ['--registry-mirror', `${host}=localhost:1/x`]
  assert.equal(packagesOf(scan(`${host}/team/docker:v1`, [...trusted, ...mirror])).length, 2)
  const offline = jenner(['image', `${host}/team/app:v1`, ...trusted, '--offline', '--image-src', 'remote'])
  assert.deepEqual([offline.status, /--offline/.test(offline.stderr)], [1, true])
  const missing = jenner(['image', `${host}/team/app:v9`, ...trusted, '--image-src', 'podman,remote'])
  assert.deepEqual([missing.status, /podman: .*registry: .*404/.test(missing.stderr)], [1, true], missing.stderr)
})

test('a Compose file: each image once, what failed named, the worst exit code', { skip }, () => {
  const file = join(folder, 'compose.yml')
  writeFileSync(
    file,
    `services:\n  a: {image: "\${R:-${host}}/team/docker:v1"}\n  b: {image: "${host}/team/docker:v1"}\n  c: {image: "${host}/none:1"}\n  d: {image: "x:\${NONE}"}\n`,
  )
  const words = ['image', '--from-file', file, ...trusted, '--allow-starter', '--image-src', 'remote']
  const json = jenner([...words, '-f', 'json', '-q'])
  assert.equal(json.status, 3, json.stderr)
  const reports = JSON.parse(json.stdout) as Report[]
  assert.deepEqual(
    reports.map(({ ArtifactName, Incomplete }) => [ArtifactName, Incomplete.some(({ code }) => code === 'unreadable')]),
    [
      [`${host}/team/docker:v1`, false],
      [`${host}/none:1`, true],
      ['x:', true],
    ],
  )
  const table = jenner(words)
  assert.match(table.stdout, /Summary of 3 images/)
  assert.match(table.stdout, /compose\.yml:2, .*compose\.yml:3/)
  assert.equal(jenner([...words, '-f', 'sarif']).status, 4)
})
