import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { sourceOf as bytesOf } from '../../../../base/byte-source.ts'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { memoryFile } from '../../../image/content.ts'
import { packageOf, sourceOf } from './package.ts'
import { rpm } from './packages.ts'
import { sqliteBlobs } from './sqlite.ts'

const sqlite = load('sqlite/rpmdb.sqlite')
const databases: [name: string, bytes: Buffer][] = [
  ['rpmdb.sqlite', sqlite],
  ['Packages', load('berkeley/Packages')],
  ['Packages', load('berkeley-big-endian/Packages')],
  ['Packages.db', ndbOf([...sqliteBlobs(bytesOf(sqlite), assert.fail)])],
]

for (const [index, [name, bytes]] of databases.entries()) {
  test(`rpm database ${index} (${name}): every package with its source, module, licence and needs`, () => {
    const packages = parse(name, bytes)
    assert.deepEqual(packages.map(found => found.id).sort(), [
      'jdata-7.0-1.module_el8.9.0+1.noarch',
      'jlib-1:1.5-1.module_el8.9.0+1.noarch',
      'jtool-2:1.2.3-4.el9.noarch',
    ])
    const lib = packages.find(found => found.name === 'jlib')!
    assert.equal(lib.version, '1:1.5-1.module_el8.9.0+1')
    assert.deepEqual(lib.source, { name: 'jsrc', version: '7.0-1.module_el8.9.0+1' })
    assert.equal(lib.module, 'jmod:2:20260101:abcdef')
    assert.deepEqual(lib.licenses, ['BSD'])
    assert.equal(lib.maintainer, 'Example Works')
    assert.deepEqual(lib.files, ['usr/lib/libj.so'])
    const tool = packages.find(found => found.name === 'jtool')!
    assert.equal(tool.module, '')
    // `Requires: jlib` is a capability, `Requires: /usr/share/jdata/f1` a file.
    assert.deepEqual(tool.dependsOn, ['jdata-7.0-1.module_el8.9.0+1.noarch', 'jlib-1:1.5-1.module_el8.9.0+1.noarch'])
    assert.equal(packages.find(found => found.name === 'jdata')!.files!.length, 31)
  })
}

test('one flipped bit anywhere ends in packages or a JennerError; ndb names what it lost', () => {
  let random = 1
  const next = (limit: number) => {
    random = (random * 1103515245 + 12345) & 0x7fffffff
    return random % limit
  }
  for (const [name, bytes] of databases) {
    const whole = parse(name, bytes).length
    for (let round = 0; round < 400; round++) {
      const damaged = Buffer.from(bytes)
      const at = next(bytes.length)
      damaged[at] = damaged[at]! ^ (1 << next(8))
      const problems: string[] = []
      try {
        const found = rpm.parse(file(name, damaged), (_, detail) => problems.push(detail)) as FoundPackage[]
        // Outside its slots an ndb file says twice where a package is; the others have counters without a check.
        if (name === 'Packages.db' && at >= 4096 && problems.length === 0)
          assert.equal(found.length, whole, `byte ${at}`)
      } catch (error) {
        assert.equal((error as Error).name, 'JennerError', String(error))
      }
    }
  }
})

test('a truncated database is told, not read as a short one', () => {
  for (const [name, bytes] of databases) {
    const problems: string[] = []
    try {
      rpm.parse(file(name, bytes.subarray(0, bytes.length - 5000)), (_, detail) => problems.push(detail))
      assert.notEqual(problems.length, 0, name)
    } catch (error) {
      assert.equal((error as Error).name, 'JennerError')
    }
  }
})

test('a database that is none is an error, an empty file is nothing', () => {
  assert.throws(() => parse('Packages', Buffer.from('this is not a database at all')), /no RPM database/)
  assert.deepEqual(parse('Packages', Buffer.alloc(0)), [])
})

test('an unmerged write-ahead log is named', () => {
  const problems: string[] = []
  rpm.parse(file('rpmdb.sqlite-wal', Buffer.alloc(4096)), (_, detail) => problems.push(detail))
  assert.equal(problems.length, 1)
})

test('one database a folder: the backend in use wins over a leftover', () => {
  const facts = new Map([
    ['var/lib/rpm/Packages', [packageOf(header({ version: '1.0' }))]],
    ['var/lib/rpm/rpmdb.sqlite', [packageOf(header({ version: '2.0' }))]],
  ])
  const files = [...facts].map(([path, value]) => ({ path, facts: value }))
  const os = { family: 'rocky', version: '9.3', release: {} }
  const found = rpm.assemble!({ files, get: path => facts.get(path), os })
  assert.deepEqual(
    found.map(item => [item.version, item.path, item.thirdParty]),
    [['2.0-1', 'var/lib/rpm/rpmdb.sqlite', true]],
  )
})

const sources: [sourceRpm: string | undefined, expected: unknown][] = [
  ['perl-5.26.3-419.el8_4.1.src.rpm', { name: 'perl', version: '5.26.3-419.el8_4.1' }],
  ['a-b-c-1-2.nosrc.rpm', { name: 'a-b-c', version: '1-2' }],
  ['(none)', undefined],
  ['one-2.src.rpm', undefined],
  [undefined, undefined],
]
for (const [sourceRpm, expected] of sources) {
  test(`source of ${sourceRpm}`, () => assert.deepEqual(sourceOf(sourceRpm), expected))
}

test('an epoch of 0 is left out', () => {
  assert.equal(packageOf(header({ epoch: 0 })).version, '1.0-1')
  assert.equal(packageOf(header({ epoch: 3 })).version, '3:1.0-1')
})

function header(part: object) {
  return { name: 'x', version: '1.0', release: '1', vendor: 'Docker', requires: [], provides: [], files: [], ...part }
}

/** rpm's ndb layout; see ndb.ts for the grammar. */
function ndbOf(blobs: Buffer[]): Buffer {
  const table = Buffer.alloc(4096)
  table.write('RpmP', 0, 'latin1')
  table.writeUInt32LE(1, 8)
  table.writeUInt32LE(1, 12)
  table.writeUInt32LE(blobs.length + 1, 16)
  for (let slot = 32; slot < 4096; slot += 16) table.write('Slot', slot, 'latin1')
  const bodies: Buffer[] = []
  let block = 4096 / 16
  for (const [index, blob] of blobs.entries()) {
    const blocks = Math.ceil((16 + blob.length + 12) / 16)
    const body = Buffer.alloc(blocks * 16)
    body.write('BlbS', 0, 'latin1')
    body.writeUInt32LE(index + 1, 4)
    body.writeUInt32LE(blob.length, 12)
    blob.copy(body, 16)
    body.writeUInt32LE(blob.length, body.length - 8)
    body.write('BlbE', body.length - 4, 'latin1')
    table.writeUInt32LE(index + 1, 32 + index * 16 + 4)
    table.writeUInt32LE(block, 32 + index * 16 + 8)
    table.writeUInt32LE(blocks, 32 + index * 16 + 12)
    bodies.push(body)
    block += blocks
  }
  return Buffer.concat([table, ...bodies])
}

function load(path: string): Buffer {
  return readFileSync(new URL(`testdata/${path}`, import.meta.url))
}

function file(name: string, bytes: Buffer) {
  return memoryFile({ path: `var/lib/rpm/${name}`, size: bytes.length, mode: 0o644 }, bytes)
}

function parse(name: string, bytes: Buffer): FoundPackage[] {
  return rpm.parse(file(name, bytes), (_, detail) => assert.fail(detail)) as FoundPackage[]
}
