import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { defaultReadLimits } from '../../../base/limits.ts'
import type { ArchiveEntry, LayerReading, ReadLimits } from '../../../base/model/visitor.ts'
import { endMark, longName, paxEntry, paxRecord, type TarEntry, tarEntry, tarOf } from '../testing.ts'
import { createTarReader } from './reader.ts'

interface Seen {
  entries: (ArchiveEntry & { data?: string; complete?: boolean })[]
  problems: LayerReading['problems']
}

/** Reads a tar in pieces of the given sizes (over and over), taking the bytes of every file. */
function read(tar: Buffer, sizes: number[] = [tar.length || 1], limits: Partial<ReadLimits> = {}): Seen {
  const seen: Seen = { entries: [], problems: [] }
  const reader = createTarReader({
    limits: { ...defaultReadLimits, ...limits },
    problem: (code, path, detail) => seen.problems.push({ code, path, detail }),
    visitor: {
      entry(entry) {
        const kept: Seen['entries'][0] = { ...entry }
        seen.entries.push(kept)
        if (entry.type !== 'file') return undefined
        const pieces: Buffer[] = []
        return {
          write: chunk => void pieces.push(Buffer.from(chunk)),
          end(complete) {
            kept.data = Buffer.concat(pieces).toString('latin1')
            kept.complete = complete
          },
        }
      },
    },
  })
  // One buffer for all pieces, as the real reader has: what is kept without copying shows.
  const buffer = Buffer.alloc(Math.max(...sizes))
  for (let at = 0, turn = 0; at < tar.length; turn++) {
    const size = Math.min(sizes[turn % sizes.length]!, tar.length - at)
    tar.copy(buffer, 0, at, at + size)
    if (!reader.feed(buffer.subarray(0, size))) break
    at += size
  }
  reader.end()
  return seen
}

const brief = (seen: Seen): unknown[] =>
  seen.entries.map(({ path, type, data }) => (data === undefined ? [path, type] : [path, type, data]))
const codes = (seen: Seen): string[] => seen.problems.map(problem => problem.code)

const sparseBlock = (runs: [number, number][], realSize: number, more = false): TarEntry['patch'] => [
  ...runs.flatMap(([offset, length], i): [number, string][] => [
    [386 + i * 24, `${offset.toString(8).padStart(11, '0')}\0`],
    [398 + i * 24, `${length.toString(8).padStart(11, '0')}\0`],
  ]),
  [482, Uint8Array.of(more ? 1 : 0)],
  [483, `${realSize.toString(8).padStart(11, '0')}\0`],
]

const pairs: [string, string][] = [
  ['GNU.sparse.size', '10'],
  ['GNU.sparse.numblocks', '1'],
  ['GNU.sparse.offset', '4'],
  ['GNU.sparse.numbytes', '2'],
]

const good: Record<string, { tar: Buffer; entries: unknown[] }> = {
  'an empty archive': { tar: tarOf([]), entries: [] },
  'plain files and folders': {
    tar: tarOf([{ name: 'etc/' }, { name: 'etc/os-release', data: 'ID=debian\n' }]),
    entries: [
      ['etc', 'directory'],
      ['etc/os-release', 'file', 'ID=debian\n'],
    ],
  },
  'names with ./ and doubled slashes (docker import)': {
    tar: tarOf([{ name: './' }, { name: './var//lib/./dpkg/status', data: 'x' }, { name: '/etc/passwd', data: 'y' }]),
    entries: [
      ['', 'directory'],
      ['var/lib/dpkg/status', 'file', 'x'],
      ['etc/passwd', 'file', 'y'],
    ],
  },
  'old headers without a magic': {
    tar: tarOf([{ name: 'a', data: '1', format: 'v7', type: '\0' }]),
    entries: [['a', 'file', '1']],
  },
  'an old folder, known by its slash': {
    tar: tarOf([{ name: 'a/', format: 'v7', type: '\0' }]),
    entries: [['a', 'directory']],
  },
  'a prefix': {
    tar: tarOf([{ name: 'file', data: '1', patch: [[345, 'deep/folder']] }]),
    entries: [['deep/folder/file', 'file', '1']],
  },
  'no prefix in GNU headers': {
    tar: tarOf([{ name: 'file', format: 'gnu', patch: [[345, '00000000000']] }]),
    entries: [['file', 'file', '']],
  },
  'GNU long names and links': {
    tar: tarOf([
      longName(`${'d/'.repeat(100)}f`),
      { name: 'cut', data: '1' },
      longName(`t${'/u'.repeat(99)}`, 'K'),
      { name: 'l', type: '2', link: 't' },
    ]),
    entries: [
      [`${'d/'.repeat(100)}f`, 'file', '1'],
      ['l', 'symlink'],
    ],
  },
  'PAX path, size and unicode': {
    tar: tarOf([
      paxEntry({ path: 'häß/문서', size: '3' }),
      { name: 'x', data: 'abc', size: 0 },
      { name: 'y', data: '2' },
    ]),
    entries: [
      ['häß/문서', 'file', 'abc'],
      ['y', 'file', '2'],
    ],
  },
  'PAX records hold for one entry': {
    tar: tarOf([paxEntry({ path: 'p' }), { name: 'a' }, { name: 'b' }]),
    entries: [
      ['p', 'file', ''],
      ['b', 'file', ''],
    ],
  },
  'global PAX headers are skipped': {
    tar: tarOf([paxEntry({ path: 'p', comment: 'c' }, 'g'), { name: 'a' }]),
    entries: [['a', 'file', '']],
  },
  'base-256 sizes': {
    tar: tarOf([{ name: 'a', data: 'abc', size: '\x80\0\0\0\0\0\0\0\0\0\0\x03' }]),
    entries: [['a', 'file', 'abc']],
  },
  'hard links': {
    tar: tarOf([
      { name: 'a', data: '1' },
      { name: 'b', type: '1', link: './a' },
    ]),
    entries: [
      ['a', 'file', '1'],
      ['b', 'hardlink'],
    ],
  },
  'a hard link that states a size but brings no data': {
    tar: tarOf([
      { name: 'b', type: '1', link: 'a', size: 700 },
      { name: 'c', data: '1' },
    ]),
    entries: [
      ['b', 'hardlink'],
      ['c', 'file', '1'],
    ],
  },
  'a hard link that brings its data': {
    tar: tarOf([
      { name: 'b', type: '1', link: 'a', data: 'z'.repeat(700) },
      { name: 'd', type: '1', link: 'a', data: 'z' },
      { name: 'c', data: '1' },
    ]),
    entries: [
      ['b', 'hardlink'],
      ['d', 'hardlink'],
      ['c', 'file', '1'],
    ],
  },
  'folders, links and devices have no data whatever they state': {
    tar: tarOf([
      { name: 'd/', size: 4096 },
      { name: 'n', type: '3', size: 9 },
      { name: 'p', type: '6' },
      { name: 'c', data: '1' },
    ]),
    entries: [
      ['d', 'directory'],
      ['n', 'device'],
      ['p', 'fifo'],
      ['c', 'file', '1'],
    ],
  },
  'a backslash is part of a name': { tar: tarOf([{ name: '..\\..\\x' }]), entries: [['..\\..\\x', 'file', '']] },
  'duplicates come in order': {
    tar: tarOf([
      { name: 'a', data: '1' },
      { name: 'a', type: '2', link: 'b' },
      { name: 'a', data: '3' },
    ]),
    entries: [
      ['a', 'file', '1'],
      ['a', 'symlink'],
      ['a', 'file', '3'],
    ],
  },
  'GNU volume labels are no entries': {
    tar: tarOf([{ name: 'label', type: 'V' }, { name: 'a' }]),
    entries: [['a', 'file', '']],
  },
  'unknown type flags are files': { tar: tarOf([{ name: 'a', type: '7', data: '1' }]), entries: [['a', 'file', '1']] },
  'bytes behind the end are not looked at': {
    tar: Buffer.concat([tarOf([{ name: 'a' }]), tarEntry({ name: 'hidden' })]),
    entries: [['a', 'file', '']],
  },
  'GNU sparse, old form': {
    tar: tarOf([
      {
        name: 's',
        type: 'S',
        format: 'gnu',
        data: 'abcd',
        patch: sparseBlock(
          [
            [2, 3],
            [8, 1],
          ],
          10,
        ),
      },
      { name: 'n', data: '1' },
    ]),
    entries: [
      ['s', 'file', '\0\0abc\0\0\0d\0'],
      ['n', 'file', '1'],
    ],
  },
  'GNU sparse 0.0': {
    tar: tarOf([paxEntry(pairs.map(paxRecord).join('')), { name: 's', data: 'ab' }]),
    entries: [['s', 'file', '\0\0\0\0ab\0\0\0\0']],
  },
  'GNU sparse 0.1': {
    tar: tarOf([
      paxEntry({ 'GNU.sparse.size': '6', 'GNU.sparse.map': '1,1,4,1', 'GNU.sparse.name': 'real' }),
      { name: 's', data: 'ab' },
    ]),
    entries: [['real', 'file', '\0a\0\0b\0']],
  },
  'GNU sparse 1.0': {
    tar: tarOf([
      paxEntry({
        'GNU.sparse.major': '1',
        'GNU.sparse.minor': '0',
        'GNU.sparse.name': 'real',
        'GNU.sparse.realsize': '6',
      }),
      { name: 'GNUSparseFile.0/real', data: `${'2\n1\n1\n4\n1\n'.padEnd(512, '\0')}ab` },
      { name: 'n', data: '1' },
    ]),
    entries: [
      ['real', 'file', '\0a\0\0b\0'],
      ['n', 'file', '1'],
    ],
  },
}

for (const [name, { tar, entries }] of Object.entries(good)) {
  test(`reads ${name}`, () => {
    for (const sizes of [[tar.length], [512], [1], [511, 513, 7]]) {
      const seen = read(tar, sizes)
      assert.deepEqual(brief(seen), entries)
      assert.deepEqual(seen.problems, [])
      assert.ok(seen.entries.every(entry => entry.complete !== false))
    }
  })
}

const bad: Record<string, { tar: Buffer; entries?: unknown[]; codes: string[]; limits?: Partial<ReadLimits> }> = {
  'a path with ..': {
    tar: tarOf([{ name: '../etc/passwd' }, { name: 'a' }]),
    entries: [['a', 'file', '']],
    codes: ['escapes_root'],
  },
  'a path with .. inside': {
    tar: tarOf([{ name: 'a/../../x' }, { name: '/..' }]),
    entries: [],
    codes: ['escapes_root', 'escapes_root'],
  },
  'a PAX path with NUL': {
    tar: tarOf([paxEntry({ path: 'a\0b' }), { name: 'x' }]),
    entries: [],
    codes: ['escapes_root'],
  },
  'a hard link out of the root': {
    tar: tarOf([{ name: 'h', type: '1', link: '../../etc/shadow' }]),
    entries: [],
    codes: ['escapes_root'],
  },
  'a whiteout of its parent': {
    tar: tarOf([{ name: 'd/.wh...' }, { name: '.wh.' }]),
    entries: [],
    codes: ['escapes_root', 'escapes_root'],
  },
  'a wrong checksum': {
    tar: tarOf([{ name: 'a' }, { name: 'b', badChecksum: true }, { name: 'c' }]),
    entries: [['a', 'file', '']],
    codes: ['malformed'],
  },
  'text in place of a header': { tar: Buffer.from('This is no tar. '.repeat(100)), entries: [], codes: ['malformed'] },
  'a negative size': {
    tar: tarOf([{ name: 'a', size: `\xff${'\xff'.repeat(11)}` }]),
    entries: [],
    codes: ['malformed'],
  },
  'a size beyond reason': {
    tar: tarOf([{ name: 'a', size: `\x80\0\0\0${'\xff'.repeat(8)}` }]),
    entries: [],
    codes: ['malformed'],
  },
  'a size beyond the limit': {
    tar: tarOf([{ name: 'a', size: `\x80${'\0'.repeat(5)}\x40${'\0'.repeat(5)}` }]),
    entries: [],
    codes: ['too_large'],
  },
  'a size that is no number': { tar: tarOf([{ name: 'a', size: '12345678x\0' }]), entries: [], codes: ['malformed'] },
  'a PAX size that is no number': {
    tar: tarOf([paxEntry({ size: '-5' }), { name: 'a' }]),
    entries: [],
    codes: ['malformed'],
  },
  'PAX records without form': {
    tar: tarOf([paxEntry('999999 path=x\n'), { name: 'a' }]),
    entries: [],
    codes: ['malformed'],
  },
  'a huge PAX header': {
    tar: tarOf([{ name: 'x', type: 'x', size: 50 * 1024 * 1024 }]),
    entries: [],
    codes: ['too_large'],
  },
  'a path of 10^5 folders': {
    tar: tarOf([longName('d/'.repeat(100_000)), { name: 'x' }, { name: 'a' }]),
    entries: [['a', 'file', '']],
    codes: ['too_deep'],
  },
  'too many entries': {
    tar: tarOf([{ name: 'a' }, { name: 'b' }, { name: 'c' }]),
    limits: { maxEntries: 2 },
    codes: ['too_many'],
  },
  'a lone zero block in the middle': {
    tar: tarOf([{ name: 'a' }, Buffer.alloc(512), { name: 'b' }]),
    entries: [
      ['a', 'file', ''],
      ['b', 'file', ''],
    ],
    codes: ['malformed'],
  },
  'no end mark': { tar: tarEntry({ name: 'a', data: '1' }), entries: [['a', 'file', '1']], codes: ['truncated'] },
  'an end inside a file': {
    tar: tarEntry({ name: 'a', data: 'x'.repeat(600) }).subarray(0, 700),
    entries: [['a', 'file', 'x'.repeat(188)]],
    codes: ['truncated'],
  },
  'an end inside a header': { tar: tarEntry({ name: 'a' }).subarray(0, 100), entries: [], codes: ['truncated'] },
  'a sparse file of a terabyte': {
    tar: tarOf([
      {
        name: 's',
        type: 'S',
        format: 'gnu',
        data: 'a',
        patch: [...sparseBlock([[0, 1]], 1)!, [483, `\x80${'\0'.repeat(5)}\x01${'\0'.repeat(5)}`]],
      },
    ]),
    entries: [['s', 'file', '']],
    codes: ['bomb'],
  },
  'sparse runs that overlap': {
    tar: tarOf([
      {
        name: 's',
        type: 'S',
        format: 'gnu',
        data: 'abcd',
        patch: sparseBlock(
          [
            [2, 3],
            [3, 1],
          ],
          10,
        ),
      },
    ]),
    entries: [],
    codes: ['malformed'],
  },
}

for (const [name, { tar, entries, codes: expected, limits }] of Object.entries(bad)) {
  test(`refuses ${name}`, () => {
    for (const sizes of [[tar.length], [512], [509]]) {
      const seen = read(tar, sizes, limits)
      assert.deepEqual(codes(seen), expected)
      if (entries !== undefined) assert.deepEqual(brief(seen), entries)
    }
  })
}

test('whiteouts say what they hide', () => {
  const tar = tarOf([
    { name: 'etc/.wh.passwd' },
    { name: 'var/.wh..wh..opq' },
    { name: '.wh..wh..opq' },
    { name: '.wh.root' },
    { name: '.wh..wh.plnk' },
    { name: 'x/.wh.d/f' },
  ])
  assert.deepEqual(
    read(tar).entries.map(entry => [entry.path, entry.whiteout]),
    [
      ['etc/passwd', 'file'],
      ['var', 'opaque'],
      ['', 'opaque'],
      ['root', 'file'],
      ['x/.wh.d/f', undefined],
    ],
  )
})

test('mode, time and link targets are told', () => {
  const tar = tarOf([
    { name: 'a', mode: 0o104755, modified: 1000 },
    { name: 'l', type: '2', link: '../../etc/x' },
    paxEntry({ mtime: '1.5' }),
    { name: 'h', type: '1', link: '/a' },
  ])
  const [file, link, hard] = read(tar).entries
  assert.equal(file!.mode, 0o4755)
  assert.equal(file!.modified, 1_000_000)
  assert.equal(link!.target, '../../etc/x')
  assert.equal(hard!.target, 'a')
  assert.equal(hard!.modified, 1500)
})

test('a file that breaks off is told to end incomplete', () => {
  const [file] = read(tarEntry({ name: 'a', data: 'x'.repeat(2000) }).subarray(0, 1000)).entries
  assert.equal(file!.complete, false)
})

test('of many bad entries a hundred are listed and the rest counted', () => {
  const seen = read(tarOf(Array.from({ length: 250 }, (_, i) => ({ name: `../${i}` }))))
  assert.equal(seen.problems.length, 101)
  assert.match(seen.problems[100]!.detail, /^150 more/)
})

test('a visitor that throws is heard', () => {
  const reader = createTarReader({
    limits: defaultReadLimits,
    problem() {},
    visitor: {
      entry() {
        throw new Error('mine')
      },
    },
  })
  assert.throws(() => reader.feed(tarOf([{ name: 'a' }])), /mine/)
})

test('a hundred thousand entries', () => {
  const one = Buffer.concat(Array.from({ length: 1000 }, (_, i) => tarEntry({ name: `d/${i}`, data: 'x' })))
  let count = 0
  const reader = createTarReader({
    limits: defaultReadLimits,
    problem: assert.fail,
    visitor: { entry: () => void count++ },
  })
  for (let i = 0; i < 100; i++) reader.feed(one)
  reader.feed(endMark)
  assert.equal(count, 100_000)
  assert.equal(reader.entries, 100_000)
})

const kinds = Object.entries(good).filter(([name]) => !name.startsWith('bytes behind'))
const manyKinds = Buffer.concat([...kinds.map(([, { tar }]) => tar.subarray(0, tar.length - 1024)), endMark])

test('any cutting into pieces gives the same entries', () => {
  const whole = JSON.stringify(read(manyKinds))
  const sizes = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(sizes, list => assert.equal(JSON.stringify(read(manyKinds, list)), whole)),
    { numRuns: 60 },
  )
})

test('a flipped byte anywhere never throws and never invents bytes', () => {
  const started = Date.now()
  const position = fc.integer({ min: 0, max: manyKinds.length - 1 })
  fc.assert(
    fc.property(position, fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const copy = Buffer.from(manyKinds)
      copy[at]! ^= mask
      for (const entry of read(copy, [4096]).entries) assert.ok((entry.data?.length ?? 0) <= entry.size)
    }),
    { numRuns: 1500, interruptAfterTimeLimit: 5000 },
  )
  assert.ok(Date.now() - started < 20_000)
})
