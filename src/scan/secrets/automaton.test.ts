import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { buildAutomaton } from './automaton.ts'

type Found = [word: number, end: number][]

function scan(words: readonly string[], text: Uint8Array): Found {
  const found: Found = []
  buildAutomaton(words).scan(text, (word, end) => found.push([word, end]))
  return found
}

/** The same by looking for each word at each place. */
function plainly(words: readonly string[], text: Uint8Array): Found {
  const low = Buffer.from(text)
    .toString('latin1')
    .replace(/[A-Z]/g, letter => letter.toLowerCase())
  const found: Found = []
  for (const [index, word] of words.entries())
    if (word.startsWith('\n') && low.startsWith(word.slice(1))) found.push([index, word.length - 1])
  for (let at = 0; at < low.length; at++)
    for (const [index, word] of words.entries()) if (low.startsWith(word, at)) found.push([index, at + word.length])
  return found
}

const sorted = (found: Found): Found => found.sort((a, b) => a[1] - b[1] || a[0] - b[0])

test('words at the edges, in one another, in either case, of one and two bytes', () => {
  const words = ['password', 'pass', 'word', 'sk', '://', 'x', '\xea\xb0\x80']
  for (const text of ['', 'x', 'sk', 'SK', 'a sk', 'pasSWord', 'passpassword', 'http://x', 'pas', '\xea\xb0\x80', '가'])
    for (const bytes of [Buffer.from(text, 'latin1'), Buffer.from(text)])
      assert.deepEqual(sorted(scan(words, bytes)), sorted(plainly(words, bytes)), text)
})

test('bytes of every length at every place of a larger buffer', () => {
  const all = Buffer.from('aXpassword://skpass', 'latin1')
  for (let from = 0; from < all.length; from++)
    for (let to = from; to <= all.length; to++) {
      const bytes = all.subarray(from, to)
      assert.deepEqual(sorted(scan(['pass', 'sk', '://'], bytes)), sorted(plainly(['pass', 'sk', '://'], bytes)))
    }
})

test('finds what a plain search finds, whatever the words and the text', () => {
  const letters = fc.constantFrom('a', 'b', 'c', 'A', 'B', '-', '\x00', '\xff')
  const word = fc
    .array(fc.constantFrom('a', 'b', 'c', '-', '\xff'), { minLength: 1, maxLength: 6 })
    .map(l => l.join(''))
  const wide = fc.string({
    minLength: 1,
    maxLength: 4,
    unit: fc.integer({ min: 0, max: 255 }).map(byte => String.fromCharCode(byte).replace(/[A-Z]/, 'q')),
  })
  const words = fc.oneof(
    fc.uniqueArray(word, { minLength: 1, maxLength: 12 }),
    fc.uniqueArray(wide, { minLength: 1, maxLength: 150 }),
  )
  fc.assert(
    // Bytes are seen where they lie in a larger buffer, at even places and at odd ones.
    fc.property(words, fc.array(letters, { maxLength: 80 }), fc.nat({ max: 3 }), (list, text, from) => {
      const bytes = Buffer.from('#'.repeat(from) + text.join('') + list.slice(0, 20).join(''), 'latin1').subarray(from)
      assert.deepEqual(sorted(scan(list, bytes)), sorted(plainly(list, bytes)))
    }),
  )
})
