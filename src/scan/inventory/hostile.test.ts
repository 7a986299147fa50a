import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { memoryFile } from '../image/content.ts'
import { apkInstalled } from './ecosystems/apk/installed.ts'
import { dpkg } from './ecosystems/deb/dpkg.ts'
import { createResolver } from './links.ts'
import { detectDistro, osReleaseExtractor } from './os-release/detect.ts'

/** Whatever bytes stand where a package database should: an answer or an error, soon. */
const samples = [
  'Package: a\nStatus: install ok installed\nVersion: 1:2-3\nSource: s (2)\nDepends: b (>= 1) | c, d\n folded\n\n',
  'P:a\nV:1-r0\nL:MIT AND BSD\nD:so:x !y z>=1\np:q=1\nF:usr/bin\nR:x\n\n',
  'ID="debian"\nVERSION_ID=12\nNAME=\'x\'\n',
]
const paths = [
  'var/lib/dpkg/status',
  'var/lib/dpkg/status.d/a',
  'var/lib/dpkg/status.d/a.md5sums',
  'var/lib/dpkg/info/a.list',
  'usr/share/doc/a/copyright',
  'lib/apk/db/installed',
  'etc/os-release',
  'etc/apk/repositories',
  'etc/redhat-release',
]

/** A sample with bytes changed, cut out and repeated. */
const mutated = fc
  .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(200), fc.nat(255), fc.nat(20)), { maxLength: 8 }))
  .map(([sample, edits]) => {
    let bytes = Buffer.from(sample.repeat(3))
    for (const [at, value, length] of edits) {
      const from = at % (bytes.length + 1)
      bytes = Buffer.concat([bytes.subarray(0, from), Buffer.alloc(length, value), bytes.subarray(from + (value % 7))])
    }
    return bytes
  })

test('databases of any bytes are read without an error of ours', () => {
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.oneof(mutated, fc.uint8Array({ maxLength: 300 })), (path, bytes) => {
      const file = memoryFile({ path, size: bytes.length, mode: 0o644 }, bytes)
      for (const extractor of [dpkg, apkInstalled]) {
        const facts = extractor.parse(file)
        if (facts === undefined || Array.isArray(facts) !== (extractor.id === 'apk')) continue
        const view = { files: [{ path, facts: facts as never }], get: () => facts as never }
        extractor.assemble?.(view)
      }
      detectDistro(new Map([[path, { layer: 0, value: osReleaseExtractor.parse(file) }]]))
    }),
    { numRuns: 1500 },
  )
})

test('links resolve inside the root or not at all', () => {
  const part = fc.constantFrom('a', 'b', 'c', '..', '.', '')
  const target = fc.array(part, { maxLength: 6 }).map(parts => parts.join('/'))
  const links = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'a/b', 'b/c', 'a/b/c'), target), { maxLength: 5 })
  fc.assert(
    fc.property(links, target, (pairs, path) => {
      const resolved = createResolver(new Map(pairs))(path)
      assert.ok(resolved === undefined || !/(^|\/)(\.\.?|)(\/|$)/.test(resolved) || resolved === '')
    }),
  )
})

const slow: [string, string, string][] = [
  ['a control file of one line', 'var/lib/dpkg/status', 'x'.repeat(10_000_000)],
  ['colons', 'var/lib/dpkg/status', ':'.repeat(1_000_000)],
  [
    'dependencies without end',
    'var/lib/dpkg/status',
    `Package: a\nVersion: 1\nStatus: install ok installed\nDepends: ${'a | '.repeat(500_000)}`,
  ],
  [
    'a source of brackets',
    'var/lib/dpkg/status',
    `Package: a\nVersion: 1\nStatus: install ok installed\nSource: a ${'('.repeat(1_000_000)}`,
  ],
  ['a copyright of blanks', 'usr/share/doc/a/copyright', `License: ${' and '.repeat(300_000)}`],
  ['licences of nothing else', 'usr/share/doc/a/copyright', '/usr/share/common-licenses/'.repeat(200_000)],
  ['an md5sums of blanks', 'var/lib/dpkg/status.d/a.md5sums', `${'0'.repeat(32)}  ${' '.repeat(1_000_000)}`],
]
for (const [name, path, text] of slow) {
  test(`${name} takes no time`, () => {
    const start = performance.now()
    const bytes = Buffer.from(text)
    dpkg.parse(memoryFile({ path, size: bytes.length, mode: 0o644 }, bytes))
    assert.ok(performance.now() - start < 2000, `${performance.now() - start} ms`)
  })
}

/** `^\s*#` with the flag `m` tries from each of a million empty lines to the last: `\s` goes beyond lines. */
test('no expression over lines begins with white space of any length', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url))
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    name => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  const found = sources.filter(name =>
    /\/\^\\s[*+](?:[^/\n\\]|\\.)*\/[dgiuy]*m/.test(readFileSync(join(folder, name), 'utf8')),
  )
  assert.ok(sources.length > 100)
  assert.deepEqual(found, [])
})
