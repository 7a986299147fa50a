import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
mkdirSync(join(root, '.work'), { recursive: true })
const folder = mkdtempSync(join(root, '.work', 'build-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const out = join(folder, 'package')
const env = { PATH: process.env.PATH, HOME: folder }

const built = spawnSync(process.execPath, [join(root, 'tools/build.ts'), '--out', out], { encoding: 'utf8' })

test('npm run build makes a package', () => {
  assert.equal(built.status, 0, built.stderr)
  for (const file of [
    'package.json',
    'jenner',
    'main.js',
    'index.js',
    'inspect-worker.js',
    'digest-worker.js',
    'types/index.d.ts',
  ]) {
    assert.ok(existsSync(join(out, file)), file)
  }
  const card = JSON.parse(readFileSync(join(out, 'package.json'), 'utf8'))
  assert.equal(card.bin.jenner, './jenner')
  assert.doesNotMatch(readFileSync(join(out, 'types/index.d.ts'), 'utf8'), /\.ts['"]/)
})

test('no script of the package looks for a source', () => {
  for (const name of globSync('*.js', { cwd: out })) {
    const asked = /new URL\(\s*['"`]\.{1,2}\/[^'"`]*\.ts['"`]/.exec(readFileSync(join(out, name), 'utf8'))
    assert.equal(asked, null, `${name}: ${asked?.[0]}; a worker needs a line in tools/build.ts`)
  }
})

test('the built package tells its version and scans a folder with its worker', () => {
  const version = spawnSync(join(out, 'jenner'), ['--version'], { encoding: 'utf8', env })
  assert.match(version.stdout, /^jenner \d+\.\d+\.\d+\n$/)
  const project = join(folder, 'project')
  mkdirSync(project)
  const lock = { lockfileVersion: 3, packages: { 'node_modules/lodash': { version: '4.17.20' } } }
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lock))
  const scan = spawnSync(join(out, 'jenner'), ['fs', project, '--allow-starter', '-f', 'json'], {
    encoding: 'utf8',
    env,
  })
  assert.equal(scan.status, 0, scan.stderr)
  assert.equal(JSON.parse(scan.stdout).Results[0].Vulnerabilities[0].VulnerabilityID, 'CVE-2021-23337')
})

test('the built library is the library', async () => {
  const library = await import(pathToFileURL(join(out, 'index.js')).href)
  assert.equal(library.compareVersions('npm', '1.2.0', '1.10.0'), -1)
  for (const name of ['scan', 'openAdvisories', 'buildAdvisories', 'satisfies', 'findPackages'])
    assert.equal(typeof library[name], 'function')
})

test('types of the library stand on their own', () => {
  const place = join(folder, 'user')
  mkdirSync(place)
  writeFileSync(
    join(place, 'use.ts'),
    "import { compareVersions, type Report, scan } from '../package/index.js'\nexport const a: Promise<Report> = scan({ kind: 'fs', name: '.' })\nexport const b: -1 | 0 | 1 | undefined = compareVersions('npm', '1', '2')\n",
  )
  writeFileSync(join(out, 'index.d.ts'), "export * from './types/index.js'\n")
  const words = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2024',
    '--types',
    'node',
    join(place, 'use.ts'),
  ]
  const { status, stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), words, { encoding: 'utf8', cwd: root })
  assert.equal(status, 0, stdout)
})
