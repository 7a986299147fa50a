import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolvePath } from './paths.ts'
import { createTexts } from './texts.ts'

const textOf = (texts: ReturnType<typeof createTexts>, value: string) => {
  // Amid other bytes, as in a ring.
  const data = Buffer.concat([Buffer.from('..'), Buffer.from(value), Buffer.from('zz')])
  return texts.read(data, 2, data.length - 4)
}

test('the same bytes give the same entry, other bytes another', () => {
  const texts = createTexts()
  for (const value of ['', 'a', '/etc/passwd', '/tmp//x/../y', 'é'.repeat(60), '/t\u0000\n', 'x'.repeat(128)]) {
    const first = textOf(texts, value)
    assert.equal(first.raw, value)
    assert.equal(first.path, value.startsWith('/') ? resolvePath('', value) : value)
    assert.equal(textOf(texts, value), first)
  }
  assert.notEqual(textOf(texts, '/etc/passwd').raw, textOf(texts, '/etc/passwe').raw)
})

test('texts that share a slot, end alike or are long are told apart', () => {
  const texts = createTexts()
  const tail = 'x'.repeat(40)
  for (let round = 0; round < 3; round++)
    for (let number = 0; number < 10_000; number++)
      for (const value of [`/p/${number}`, `${number}${tail}`]) assert.equal(textOf(texts, value).raw, value)
  const long = `/${'y'.repeat(200)}`
  assert.deepEqual(textOf(texts, long), { raw: long, path: long, slot: -1 })
})

test('a joined path is that of its base and its name, also when many share a place', () => {
  const texts = createTexts()
  for (let round = 0; round < 2; round++)
    for (let number = 0; number < 3000; number++) {
      const [base, name] = [`/srv/${number % 70}`, `../a/./${number}`]
      assert.equal(texts.join(textOf(texts, base), textOf(texts, name)), `/srv/a/${number}`)
    }
  assert.equal(texts.join(textOf(texts, `/${'b'.repeat(200)}`), textOf(texts, 'c')), `/${'b'.repeat(200)}/c`)
})
