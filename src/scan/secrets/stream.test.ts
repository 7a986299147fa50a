import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MiB } from '../../base/limits.ts'
import { standardFinder } from './find.ts'
import { type StreamResult, secretStream } from './stream.ts'

const line = `password = "${['Tr0ub4', 'dor&3x'].join('')}"`

function stream(text: Buffer, size = 64 * 1024): StreamResult {
  const results: StreamResult[] = []
  const sink = secretStream(standardFinder(), 'big.ini', result => results.push(result))
  for (let at = 0; at < text.length; at += size) sink.write(text.subarray(at, at + size))
  sink.end(true)
  assert.equal(results.length, 1)
  return results[0]!
}

test('finds a secret at each side of a window, once, and tells its line', () => {
  const filler = Buffer.alloc(5 * MiB, `${'x'.repeat(63)}\n`)
  const { secrets } = stream(Buffer.concat([Buffer.from(`${line}\n`), filler, Buffer.from(`${line}\n`), filler]))
  assert.deepEqual(
    secrets.map(({ startLine }) => startLine),
    [1, 2 + filler.length / 64],
  )
})

test('finds a secret in the middle of one long line without line feeds', () => {
  const { secrets } = stream(
    Buffer.concat([Buffer.alloc(6 * MiB, 'x'), Buffer.from(` ${line} `), Buffer.alloc(6 * MiB, 'y')]),
  )
  assert.deepEqual(
    secrets.map(({ startLine, offset }) => [startLine, offset]),
    [[1, 6 * MiB + 13]],
  )
})

for (const encoding of ['utf-16le', 'utf-16be'])
  test(`reads ${encoding} as it streams by, whatever its pieces`, () => {
    const text = Buffer.from(`\ufeff${'비밀 x\n'.repeat(1000)}${line}\n`, 'utf16le')
    if (encoding === 'utf-16be') text.swap16()
    const { secrets } = stream(text, 1001)
    assert.deepEqual(
      secrets.map(({ startLine }) => startLine),
      [1001],
    )
  })

test('passes over bytes that are no text', () => {
  const noise = Buffer.from([0xff, 0x80, 0xc3, 0x28, 0xf0, 0x28, 0x8c, 0x0a])
  const { secrets } = stream(Buffer.concat([noise, Buffer.from(`${line}\n`), Buffer.alloc(MiB), noise]))
  assert.equal(secrets.length, 1)
})
