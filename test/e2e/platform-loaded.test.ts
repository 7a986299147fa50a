/** Of two vulnerable packages in a container the one that is loaded comes first: known from what its processes have mapped, and from what the sensor sees them open. */
import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { openApi } from '../../src/agent/api.ts'
import type { Page } from '../../src/server/schemas/common.ts'
import type { Health } from '../../src/server/schemas/health.ts'
import type { Host } from '../../src/server/schemas/hosts.ts'
import type { Image, ImagePackage } from '../../src/server/schemas/images.ts'
import type { Finding } from '../../src/server/schemas/vulnerabilities.ts'

const root = join(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'jenner-loaded-'))
const state = join(base, 'state')
const database = join(base, 'advisories.jdb')
const names = { early: `jenner-e2e-early-${process.pid}`, late: `jenner-e2e-late-${process.pid}` }
const api = openApi({ socket: join(state, 'jenner.sock') })
/** Each program loads one library, and the library is one package's. */
const programs = { xz: 'liblzma5', bzip2: 'libbz2-1.0' }
const skip = reasonToSkip()
let up: ChildProcess | undefined
let said = ''

function reasonToSkip(): string | false {
  if (process.getuid?.() !== 0) return 'needs root'
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF'
  const missing = ['xz', 'bzip2', 'sleep', 'sh'].find(name => !existsSync(`/usr/bin/${name}`))
  if (missing !== undefined) return `needs /usr/bin/${missing}`
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}

/** A root with the programs, their libraries, and dpkg's own records of the packages that own the libraries. */
function buildImage(image: string): void {
  const folder = join(base, 'root')
  rmSync(folder, { recursive: true, force: true })
  for (const path of ['usr/bin', 'usr/lib64', 'usr/lib', 'etc', 'proc', 'tmp', 'var/lib/dpkg/info'])
    mkdirSync(join(folder, path), { recursive: true })
  for (const name of ['bin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, join(folder, name))
  const owned = new Map<string, string[]>()
  for (const name of ['sh', 'sleep', 'cat', ...Object.keys(programs)]) {
    copyFileSync(realpathSync(`/usr/bin/${name}`), join(folder, 'usr/bin', name))
    const { stdout } = spawnSync('ldd', [`/usr/bin/${name}`], { encoding: 'utf8' })
    for (const [, library] of stdout.matchAll(/(?:=>\s*)?(\/\S+)\s+\(0x/g)) {
      mkdirSync(join(folder, dirname(library!)), { recursive: true })
      copyFileSync(realpathSync(library!), join(folder, library!))
      if (/lib(lzma|bz2)/.test(basename(library!))) owned.set(name, [...(owned.get(name) ?? []), library!])
    }
  }
  writeFileSync(join(folder, 'etc/os-release'), 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12"\n')
  writeFileSync(join(folder, 'etc/image'), image)
  const records = Object.entries(programs).map(([program, name]) => {
    writeFileSync(join(folder, 'var/lib/dpkg/info', `${name}:amd64.list`), `/.\n${owned.get(program)!.join('\n')}\n`)
    return `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nMulti-Arch: same\nVersion: 1.0-1\nMaintainer: e2e\nDescription: e2e\n`
  })
  writeFileSync(join(folder, 'var/lib/dpkg/status'), records.join('\n'))
  const archive = join(base, 'image.tar')
  execFileSync('tar', ['-C', folder, '-cf', archive, '.'])
  docker('import', archive, image)
}

/** One flaw of each package; the worse one is of the package that is not loaded in the first container. */
function buildDatabase(): void {
  const feed = join(base, 'feed')
  mkdirSync(feed)
  const flaws: [id: string, name: string, vector: string][] = [
    ['DEBIAN-CVE-2099-1001', 'liblzma5', 'CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:L/A:N'],
    ['DEBIAN-CVE-2099-1002', 'libbz2-1.0', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
  ]
  for (const [id, name, score] of flaws) {
    const ranges = [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '2.0-1' }] }]
    const affected = [{ package: { ecosystem: 'Debian:12', name }, ranges }]
    const severity = [{ type: 'CVSS_V3', score }]
    const record = { id, modified: '2026-01-01T00:00:00Z', upstream: [id.slice(7)], summary: name, severity, affected }
    writeFileSync(join(feed, `${id}.json`), JSON.stringify(record))
  }
  execFileSync(join(root, 'jenner'), ['db', 'build', '--from', feed, '-o', database], { stdio: 'ignore' })
}

async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  const end = Date.now() + 180_000
  let trouble = ''
  for (;;) {
    const found = await look().catch((error: Error) => {
      trouble = error.message
    })
    if (found !== undefined && found !== null) return found
    if (Date.now() > end) throw new Error(`${what}: not in time (${trouble}); the platform said:\n${said}`)
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}

async function list<T>(path: string): Promise<T[]> {
  return ((await api.get(path)) as Page<T>).items
}

const imageOf = (name: string) => `${name}:1.0`

/** Scanned before the others of this machine. */
async function imageId(name: string): Promise<string> {
  const known = await until(
    async () => (await list<Image>('/images?limit=500')).find(one => one.names.includes(imageOf(name))),
    `the image of ${name}`,
  )
  if (known.scan.state !== 'done') await api.post(`/images/${encodeURIComponent(known.id)}/scan`, {})
  const image = await until(
    async () =>
      (await list<Image>('/images?limit=500')).find(
        one => one.names.includes(imageOf(name)) && one.scan.state === 'done',
      ),
    `the scan of ${name}`,
  )
  return image.id
}

/** What is known of the use of each package, once one of them is loaded. */
async function usesOf(id: string): Promise<Record<string, string>> {
  return until(async () => {
    const packages = await list<ImagePackage>(`/images/${id}/packages?limit=500`)
    const own = packages.filter(({ name }) => Object.values(programs).includes(name))
    return own.some(({ inUse }) => inUse === 'yes')
      ? Object.fromEntries(own.map(one => [one.name, one.inUse]))
      : undefined
  }, `what is loaded in ${id}`)
}

before(() => {
  if (skip !== false) return
  buildDatabase()
  for (const name of Object.values(names)) buildImage(imageOf(name))
  docker('run', '-d', '--name', names.early, imageOf(names.early), 'sh', '-c', 'sleep 900 | xz > /dev/null')
  const flags = ['--state', state, '--listen', '127.0.0.1:0', '--offline', '--db', database, '--lang', 'en']
  up = spawn(join(root, 'jenner'), ['up', ...flags], { cwd: base, stdio: ['ignore', 'ignore', 'pipe'] })
  up.stderr!.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
})

after(() => {
  if (skip === false) {
    spawnSync(join(root, 'jenner'), ['down', '--state', state], { stdio: 'ignore' })
    up?.kill('SIGKILL')
    for (const name of Object.values(names)) {
      spawnSync('docker', ['rm', '-f', name], { stdio: 'ignore' })
      spawnSync('docker', ['rmi', '-f', imageOf(name)], { stdio: 'ignore' })
    }
  }
  rmSync(base, { recursive: true, force: true })
})

test('a library that was mapped before the platform started is known to be in use', { skip }, async () => {
  const { advisories } = await until(async () => (await api.get('/health')) as Health, 'the server')
  assert.equal(advisories.starter, false)
  const id = await imageId(names.early)
  // Of the other nobody can say that it is not used: the container ran before anybody looked.
  assert.deepEqual(await usesOf(id), { liblzma5: 'yes', 'libbz2-1.0': 'unknown' })
  await ranked(id, ['liblzma5', 'libbz2-1.0'])
})

test('a library that is loaded while the sensor watches is known to be in use', { skip }, async () => {
  await until(async () => (await list<Host>('/hosts')).find(({ sensor }) => sensor.state === 'running'), 'the sensor')
  const script = 'while sleep 1; do bzip2 -c /etc/os-release > /dev/null; done'
  docker('run', '-d', '--name', names.late, imageOf(names.late), 'sh', '-c', script)
  const id = await imageId(names.late)
  // Watched since its start, but for less than a day: still no "no".
  assert.deepEqual(await usesOf(id), { 'libbz2-1.0': 'yes', liblzma5: 'unknown' })
  await ranked(id, ['libbz2-1.0', 'liblzma5'])
})

/** What is loaded is known at once; findings are judged by it a moment later, by another thread. */
async function ranked(id: string, order: string[]): Promise<void> {
  const findings = await until(async () => {
    const found = await list<Finding>(`/findings?image=${encodeURIComponent(id)}&limit=100`)
    return found.some(({ reasons }) => reasons.includes('loaded')) ? found : undefined
  }, `findings of ${id} that are judged by what is loaded`)
  assert.deepEqual(
    findings.map(one => [one.package, one.reasons.includes('loaded')]),
    order.map((name, place) => [name, place === 0]),
  )
}
