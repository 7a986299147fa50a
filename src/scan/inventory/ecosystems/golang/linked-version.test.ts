import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { sourceOf } from '../../../../base/byte-source.ts'
import { address, base, elfOf } from '../../../../base/program/testing.ts'
import { linkedVersion } from './linked-version.ts'

/** A program with texts in `.rodata`, at offsets in it, and variables that point at some of them. */
function program(texts: [at: number, text: string][], pointed: string[]): Buffer {
  const rodata = Buffer.alloc(256)
  for (const [at, text] of texts) rodata.write(text, at, 'latin1')
  const headers = texts
    .filter(([, text]) => pointed.includes(text))
    .map(([at, text]) => {
      const header = Buffer.alloc(16)
      header.writeBigUInt64LE(BigInt(address + base + at), 0)
      header.writeBigUInt64LE(BigInt(text.length), 8)
      return header
    })
  return elfOf({ '.rodata': rodata, '.data': Buffer.concat([Buffer.alloc(16), ...headers]) })
}

const linked = (texts: [number, string][], pointed: string[], movable = false) =>
  linkedVersion(sourceOf(program(texts, pointed)), movable)

test('the one text that a variable stands for', () => {
  equal(
    linked(
      [
        [16, 'v3.4.5-rc1'],
        [32, '2024-01-01'],
      ],
      ['v3.4.5-rc1'],
    ),
    'v3.4.5-rc1',
  )
  equal(linked([[20, '3.4.5']], ['3.4.5']), '3.4.5', 'six bytes are aligned to four')
})

test('a C text, one that stands askew, one inside a longer text', () => {
  equal(linked([[16, '3.47.2']], []), undefined)
  equal(linked([[17, '3.47.2']], ['3.47.2'], true), undefined)
  equal(linked([[16, 'go1.21.3']], ['go1.21.3'], true), undefined)
})

test('of several the common beginning, else nothing', () => {
  const [short, long, other] = ['2.42.0+ds', '2.42.0+ds-5', '1.2.3']
  equal(
    linked(
      [
        [16, short],
        [32, long],
      ],
      [short, long],
    ),
    short,
  )
  equal(
    linked(
      [
        [16, short],
        [32, other],
      ],
      [short, other],
    ),
    undefined,
  )
})

test('in a program whose variables the loader fills in, the text alone counts', () => {
  equal(linked([[16, '1.6.20']], [], true), '1.6.20')
})
