import assert from 'node:assert/strict'
import { closeSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { test } from 'node:test'
import type { JennerError } from '../../base/errors.ts'
import type { ContentFile } from '../../base/model/ecosystem.ts'
import { createCollector, decodeText, fdFile, memoryFile, openUnlinked, spillBytes } from './content.ts'

const entry = { path: 'a', mode: 0o644, size: 10 }

const texts: Record<string, [Uint8Array, string]> = {
  'UTF-8': [Buffer.from('häß 한글'), 'häß 한글'],
  'UTF-8 with a mark': [Buffer.from('\ufeffa'), 'a'],
  'UTF-16 little endian': [Buffer.from('\ufeffa한', 'utf16le'), 'a한'],
  'UTF-16 big endian': [Buffer.from('\ufeffa한', 'utf16le').swap16(), 'a한'],
  'invalid bytes': [Uint8Array.of(0x61, 0xff, 0x62), 'a\ufffdb'],
  nothing: [new Uint8Array(0), ''],
}

for (const [name, [bytes, text]] of Object.entries(texts)) {
  test(`text: ${name}`, () => assert.equal(decodeText(bytes), text))
}

const files: Record<string, (data: Buffer, maxBytes?: number) => ContentFile> = {
  memory: (data, maxBytes) => memoryFile(entry, data, maxBytes),
  descriptor: (data, maxBytes) => {
    const fd = openUnlinked(tmpdir())
    writeSync(fd, Buffer.concat([Buffer.from('xx'), data, Buffer.from('yy')]))
    return fdFile({ ...entry, size: data.length }, fd, 2, maxBytes)
  },
}

for (const [name, make] of Object.entries(files)) {
  test(`a file in ${name}: parts, whole, text, limit`, () => {
    const file = make(Buffer.from('0123456789'))
    const part = (offset: number, length: number): string => Buffer.from(file.read(offset, length)).toString()
    assert.deepEqual([part(0, 3), part(8, 5), part(10, 1), part(50, 1)], ['012', '89', '', ''])
    assert.equal(Buffer.from(file.bytes()).toString(), '0123456789')
    assert.equal(file.text(), '0123456789')
    assert.equal(file.size, 10)
    assert.throws(
      () => make(Buffer.from('0123456789'), 9).bytes(),
      (error: JennerError) => error.code === 'limit_exceeded',
    )
  })
}

test('a collector gathers files one after the other, in pieces or whole', () => {
  const collector = createCollector()
  const got: string[] = []
  const gather = (pieces: string[], complete = true): void => {
    const size = pieces.join('').length
    const sink = collector.sink({ ...entry, size }, file => void got.push(file.text()), {
      onBroken: received => void got.push(`broke at ${received}`),
    })
    const buffer = Buffer.alloc(100)
    for (const piece of pieces) sink.write(buffer.subarray(0, buffer.write(piece)))
    sink.end(complete)
  }
  gather(['abc', 'def', 'g'])
  gather(['xy'])
  gather([])
  gather(['ab', 'cd'], false)
  gather(['12', '34'])
  assert.deepEqual(got, ['abcdefg', 'xy', '', 'broke at 4', '1234'])
})

test('a large file goes to disk and comes back', () => {
  const piece = Buffer.alloc(1024 * 1024, 'z')
  const count = spillBytes / piece.length + 1
  let seen: number[] = []
  const sink = createCollector().sink({ ...entry, size: piece.length * count }, file => {
    seen = [file.size, file.bytes().length, file.read(file.size - 2, 10).length]
  })
  for (let i = 0; i < count; i++) sink.write(piece)
  sink.end(true)
  assert.deepEqual(seen, [piece.length * count, piece.length * count, 2])
})

test('a folder that cannot be written is an error of ours', () => {
  assert.throws(
    () => closeSync(openUnlinked('/nowhere/at/all')),
    (error: JennerError) => error.code === 'output_unwritable',
  )
})
