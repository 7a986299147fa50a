import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLogParser } from './frames.ts'

function frame(stream: number, text: string): Buffer {
  const payload = Buffer.from(text)
  const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0])
  header.writeUInt32BE(payload.length, 4)
  return Buffer.concat([header, payload])
}

const stamp = '2026-03-04T05:06:07.123456789Z'

test('takes frames apart, whatever pieces they come in', () => {
  const bytes = Buffer.concat([frame(1, `${stamp} one\n`), frame(2, `${stamp} 둘\r\n`), frame(1, 'no time\n')])
  const parse = createLogParser(false)
  const lines = [...bytes].flatMap(byte => parse(Buffer.from([byte])))
  assert.deepEqual(lines, [
    { stream: 'stdout', time: stamp, text: 'one' },
    { stream: 'stderr', time: stamp, text: '둘' },
    { stream: 'stdout', time: '', text: 'no time' },
  ])
})

test('a line over several frames is one; the streams do not mix', () => {
  const parse = createLogParser(false)
  const lines = [frame(1, `${stamp} a`), frame(2, `${stamp} x\n`), frame(1, 'b\n')].flatMap(piece => parse(piece))
  assert.deepEqual(
    lines.map(({ stream, text }) => [stream, text]),
    [
      ['stderr', 'x'],
      ['stdout', 'ab'],
    ],
  )
})

test('output of a terminal is lines alone', () => {
  const parse = createLogParser(true)
  assert.deepEqual(
    parse(Buffer.from(`${stamp} hi\r\nrest`)).map(({ text }) => text),
    ['hi'],
  )
})

test('what is no frame, and lines without end, are held within limits', () => {
  const parse = createLogParser(false)
  assert.deepEqual(parse(Buffer.alloc(64, 0x41)), [])
  const endless = createLogParser(true)
  let got = 0
  for (let round = 0; round < 100; round++) got += endless(Buffer.alloc(10_000, 0x61)).length
  assert.ok(got >= 40)
})
