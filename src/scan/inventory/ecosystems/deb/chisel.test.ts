import { deepEqual, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import { foundIn } from '../../check-extractor.ts'
import { chisel } from './chisel.ts'

const wall = [
  { jsonwall: '1.0', schema: '1.0', count: 5 },
  { kind: 'package', name: 'libc6', version: '2.39-0ubuntu8.3', sha256: 'aa', arch: 'amd64' },
  { kind: 'path', path: '/usr/lib/x86_64-linux-gnu/libc.so.6', mode: '0755', slices: ['libc6_libs'] },
  { kind: 'path', path: '/usr/lib/', mode: '0755', slices: ['libc6_libs'] },
  { kind: 'slice', name: 'libc6_libs' },
]

test('the packages of a chiselled image, with the files of their slices', () => {
  const bytes = zstdCompressSync(Buffer.from(wall.map(line => `${JSON.stringify(line)}\n`).join('')))
  deepEqual(foundIn(chisel, { 'var/lib/chisel/manifest.wall': bytes }), [
    { name: 'libc6', version: '2.39-0ubuntu8.3', files: ['usr/lib/x86_64-linux-gnu/libc.so.6'], arch: 'amd64' },
  ])
})

test('what is not zstd, or is cut off, is refused', () => {
  throws(() => foundIn(chisel, { 'var/lib/chisel/manifest.wall': 'text' }))
})
