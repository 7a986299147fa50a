import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { JennerError } from '../../base/errors.ts'
import { openAdvisories } from './advisories.ts'
import { buildAdvisories } from './build.ts'
import { tarOf, zipOf } from './input/testing.ts'

const root = mkdtempSync(join(tmpdir(), 'jenner-build-'))
after(() => rmSync(root, { recursive: true }))
let count = 0

function folderOf(files: Record<string, string | Buffer>): string {
  const folder = join(root, `from-${count++}`)
  mkdirSync(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

const osv = (name: string, ecosystem = 'PyPI') =>
  JSON.stringify({
    id: 'PYSEC-2024-1',
    modified: '2024-01-01T00:00:00Z',
    affected: [
      {
        package: { ecosystem, name },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.0' }] }],
      },
    ],
  })

const held: [name: string, file: string, content: string | Buffer][] = [
  ['a plain file', 'a.json', osv('A_b')],
  ['gzip', 'a.json.gz', gzipSync(osv('A_b'))],
  ['zstd', 'a.json.zst', zstdCompressSync(osv('A_b'))],
  ['zip', 'all.zip', zipOf({ 'x/a.json': osv('A_b') })],
  ['tar', 'a.tar', tarOf({ 'x/a.json': osv('A_b') })],
  ['tar in gzip', 'a.tar.gz', gzipSync(tarOf({ 'a.json': osv('A_b') }))],
  ['zip in gzip', 'a.zip.gz', gzipSync(zipOf({ 'a.json': osv('A_b') }))],
  ['gzip in tar', 'b.tar', tarOf({ 'a.json.gz': gzipSync('').toString('latin1'), 'a.json': osv('A_b') })],
  ['a byte order mark', 'bom.json', `\uFEFF${osv('A_b')}`],
]

for (const [name, file, content] of held) {
  test(`reads ${name}, and names packages as look-ups do`, async () => {
    const to = join(root, `${count++}.jdb`)
    await buildAdvisories({ from: [folderOf({ [file]: content })], to })
    const advisories = openAdvisories(to)
    assert.equal(advisories.find('PyPI', 'a-b')[0]?.id, 'PYSEC-2024-1')
    assert.equal(advisories.info.starter, false)
    assert.equal(advisories.info.sources[0]?.id, 'pypa')
    advisories.close()
  })
}

const broken: [name: string, file: string, content: string | Buffer][] = [
  ['half a JSON file', 'b.json', osv('x').slice(0, 50)],
  ['cut gzip', 'b.json.gz', gzipSync(osv('x')).subarray(0, 40)],
  ['a zip without its end', 'b.zip', zipOf({ 'a.json': osv('x') }).subarray(0, 60)],
  ['a zip that lies about sizes', 'b.zip', zipOf({ 'a.json': osv('x'.repeat(5000)) }, -5000)],
  ['bzip2', 'b.json.bz2', Buffer.from('BZh91AY&SY')],
  ['cut tar', 'b.tar', tarOf({ 'a.json': osv('x') }).subarray(0, 600)],
  [
    'YAML with an alias bomb',
    'b.yaml',
    `id: PYSEC-1\nmodified: 2024-01-01\naffected: &a [${'x,'.repeat(50)}]\nb: &b [${'*a,'.repeat(50)}]\nc: [${'*b,'.repeat(50)}]\n`,
  ],
  [
    'XML that defines entities',
    'b.xml',
    '<!DOCTYPE u [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><updates><update type="security" status="final"><id>&b;</id></update></updates>',
  ],
  ['deep XML', 'b.xml', `<updates><update type="security">${'<a>'.repeat(1000)}`],
]

for (const [name, file, content] of broken) {
  test(`${name} is a problem, not the end`, async () => {
    const to = join(root, `${count++}.jdb`)
    const report = await buildAdvisories({ from: [folderOf({ 'a.json': osv('good'), [file]: content })], to })
    assert.ok(report.problemCount >= 1)
    assert.ok(report.problems[0]?.path.includes(file))
    assert.equal(report.records, 1)
  })
}

test('links are not followed, strangers are passed over and counted', async () => {
  const folder = folderOf({ 'a.json': osv('good'), LICENSE: 'text', 'README.md': '# x' })
  symlinkSync('/etc/passwd', join(folder, 'link.json'))
  const report = await buildAdvisories({ from: [folder], to: join(root, `${count++}.jdb`) })
  assert.deepEqual([report.files, report.unrecognised, report.problemCount], [3, 2, 0])
})

test('a package called like a member of every object is a package', async () => {
  const to = join(root, `${count++}.jdb`)
  await buildAdvisories({
    from: [folderOf({ 'a.json': osv('__proto__', 'npm'), 'b.json': osv('constructor', 'npm') })],
    to,
  })
  const advisories = openAdvisories(to)
  assert.equal(advisories.find('npm', '__proto__').length, 1)
  assert.equal(advisories.find('npm', 'toString').length, 0)
  advisories.close()
})

const refused: [name: string, from: () => string[], code: string][] = [
  ['nothing to read', () => [], 'bad_argument'],
  ['a folder without feeds', () => [folderOf({ 'README.md': 'x' })], 'feed_empty'],
  ['a folder that is not there', () => [join(root, 'absent')], 'feed_empty'],
]
for (const [name, from, code] of refused) {
  test(`refuses ${name} and leaves nothing behind`, async () => {
    const folder = folderOf({})
    await assert.rejects(
      buildAdvisories({ from: from(), to: join(folder, 'x.jdb') }),
      (error: unknown) => error instanceof JennerError && error.code === code,
    )
    assert.deepEqual(readdirSync(folder), [])
  })
}
