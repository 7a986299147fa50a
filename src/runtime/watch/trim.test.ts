import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { cleanPages, createTrimmer } from './trim.ts'

const mapping = (range: string, rights: string, path: string, anonymous: number): string =>
  `${range} ${rights} 00000000 00:10 ${path.startsWith('/') ? 42 : 0}                 ${path}\nSize:   8 kB\nRss:  4 kB\nAnonymous:      ${anonymous} kB\nVmFlags: rd mr\n`

test('only pages that are the program’s own, of a private mapping that nobody writes to, are given up', () => {
  const smaps = [
    mapping('00400000-00600000', 'r--p', '/usr/bin/node', 0),
    mapping('00600000-02600000', 'r-xp', '/usr/bin/node', 0),
    mapping('02600000-02610000', 'r--p', '/usr/bin/node', 64),
    mapping('02610000-02620000', 'rw-p', '/usr/bin/node', 0),
    mapping('02700000-02800000', 'rw-p', '[heap]', 0),
    mapping('7f0000000000-7f0000400000', 'r--s', 'anon_inode:bpf-map', 0),
    mapping('7f1000000000-7f1000001000', 'r-xp', '[vdso]', 0),
    mapping('7f2000000000-7f2000001000', 'r-xs', '/usr/lib/x.so', 0),
    mapping('7f3000000000-7f3000001000', 'r-xp', '/usr/lib/a file.so', 0),
  ].join('')
  assert.deepEqual(cleanPages(smaps, '/usr/bin/node'), [
    { start: 0x400000n, length: 0x200000 },
    { start: 0x600000n, length: 0x2000000 },
  ])
})

test('this process goes on when they are', { skip: !existsSync('/proc/self/smaps') && 'needs /proc' }, () => {
  assert.ok(cleanPages(readFileSync('/proc/self/smaps', 'latin1'), process.execPath).length > 0)
  const trimmer = createTrimmer()
  trimmer.program()
  trimmer.freed()
  assert.deepEqual(JSON.parse(JSON.stringify({ a: [1, 'b'] })), { a: [1, 'b'] })
})
