import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { zipOf } from '../../src/base/zip-testing.ts'
import { type TarEntry, tarOf } from '../../src/scan/image/testing.ts'

/** Hostile images against the real command: what it says, how it ends, and that nothing of theirs reaches a terminal or another folder. */
const folder = mkdtempSync(join(tmpdir(), 'jenner-hostile-'))
after(() => rmSync(folder, { recursive: true }))
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

const osRelease: TarEntry = { name: 'etc/os-release', data: 'ID=debian\nVERSION_ID="12"\n' }
const status = 'Package: zlib1g\nStatus: install ok installed\nVersion: 1:1.2.13.dfsg-1\nSource: zlib\n\n'
const database: TarEntry = { name: 'var/lib/dpkg/status', data: status }
const link = (type: string, target: string): TarEntry => ({ name: 'var/lib/dpkg/status', type, link: target })
const evil = 'a\x1b]0;x\x07\x1b[2J\u202eb\r<script>alert(1)</script>'

function imageOf(layer: Buffer): string {
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: [`sha256:${createHash('sha256').update(layer).digest('hex')}`] },
  })
  const file = join(folder, 'image.tar')
  writeFileSync(
    file,
    tarOf([
      { name: 'c.json', data: config },
      { name: 'l/layer.tar', data: layer },
      {
        name: 'manifest.json',
        data: JSON.stringify([{ Config: 'c.json', RepoTags: ['a:1'], Layers: ['l/layer.tar'] }]),
      },
    ]),
  )
  return file
}

function jenner(...args: string[]) {
  const run = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, 'image', '--no-cache', ...args],
    {
      encoding: 'utf8',
      timeout: 60_000,
      maxBuffer: 64 << 20,
    },
  )
  return { code: run.status, out: run.stdout, all: run.stdout + run.stderr }
}

/** What it is, the layer, the codes under Incomplete. */
const cases: [string, Buffer, string[]][] = [
  ['an honest image', tarOf([osRelease, database]), []],
  ['a path out of the root', tarOf([osRelease, { name: '../../x', data: 'x' }]), ['escapes_root']],
  ['a database that links to nothing', tarOf([osRelease, link('2', '/etc/passwd')]), ['unreadable']],
  ['a database that links up', tarOf([osRelease, link('2', '../../../../../../etc/passwd')]), ['unreadable']],
  [
    'links that lead to each other',
    tarOf([osRelease, link('2', 'other'), { name: 'var/lib/dpkg/other', type: '2', link: 'status' }]),
    ['unsupported'],
  ],
  [
    'a broken database behind a link',
    tarOf([
      { name: 'var/lib/rpm/rpmdb.sqlite', type: '2', link: '/db' },
      { name: 'db', data: 'SQLite format 3\0noise' },
    ]),
    ['truncated'],
  ],
  ['a hard link out of the root', tarOf([osRelease, link('1', '../../../etc/passwd')]), ['escapes_root']],
  ['a device for a database', tarOf([osRelease, { name: 'var/lib/dpkg/status', type: '3' }]), ['unreadable']],
  ['a pipe for a database', tarOf([osRelease, { name: 'var/lib/dpkg/status', type: '6' }]), ['unreadable']],
  ['a size beyond the end', tarOf([osRelease, { name: 'x', data: 'x', size: '77777777777' }]), ['truncated']],
  [
    'a layer that breaks off',
    tarOf([osRelease, { name: 'x', data: Buffer.alloc(5000) }]).subarray(0, 3000),
    ['truncated'],
  ],
  [
    'a jar without a directory',
    tarOf([osRelease, { name: 'a.jar', data: zipOf({ a: 'b' }).subarray(0, 40) }]),
    ['malformed'],
  ],
  [
    'an RPM database of noise',
    tarOf([{ name: 'var/lib/rpm/rpmdb.sqlite', data: 'SQLite format 3\0noise' }]),
    ['truncated'],
  ],
]
for (const [name, layer, codes] of cases) {
  test(name, () => {
    const { code, out } = jenner('--input', imageOf(layer), '-f', 'json')
    assert.equal(code, 3)
    const report = JSON.parse(out) as { Incomplete: { path: string; code: string }[] }
    const found = report.Incomplete.filter(({ path }) => path !== 'advisories').map(one => one.code)
    assert.deepEqual([...new Set(found)], codes)
  })
}

for (const format of ['table', 'json', 'sarif', 'cyclonedx', 'spdx-json', 'html', 'junit', 'gitlab', 'github']) {
  test(`no control character reaches ${format}`, () => {
    const manifest = JSON.stringify({ name: 'lodash', version: '4.17.15', license: evil })
    const path = `${evil.replaceAll('/', '_')}/node_modules/lodash/package.json`
    const packages = `${status}Package: ${evil.replace('\r', '')}\nStatus: install ok installed\nVersion: 1\x1b[31m\n\n`
    const layer = tarOf([osRelease, { ...database, data: packages }, { name: path, data: manifest }])
    const { code, out, all } = jenner('--input', imageOf(layer), '-f', format, '--list-all-pkgs')
    assert.equal(code, 3)
    assert.doesNotMatch(all, /[\0-\x08\x0b-\x1f\x7f\u202a-\u202e]/)
    if (format === 'html') assert.ok(!out.includes('<script>alert'))
  })
}
