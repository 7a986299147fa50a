import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { feeds } from './index.ts'
import { rows } from './rows.testing.ts'
import { lineOf, readAs } from './testing.ts'

for (const { feed, name, path, text, expected } of rows) {
  test(`${feed}: ${name}`, async () => {
    const read = await readAs(path, text)
    assert.equal(read.feed, feed)
    assert.deepEqual(read.items.map(lineOf), expected)
  })
}

test('every feed has a folder, a title in both languages, a licence, a homepage and a row in the table', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter(entry => entry.isDirectory())
  assert.deepEqual(feeds.map(({ id }) => id).sort(), folders.map(({ name }) => name).sort())
  for (const { id, title, licence, homepage, downloads } of feeds) {
    assert.ok(title.en !== '' && title.ko !== '' && title.en !== title.ko, id)
    assert.ok(licence !== '' && homepage.startsWith('https://'), id)
    assert.ok(
      rows.some(row => row.feed === id),
      `${id} has no row`,
    )
    for (const { urls, file } of downloads)
      assert.ok(urls.length > 0 && urls.every(url => url.startsWith('https://')) && /^[\w.-]+$/.test(file), id)
  }
})

test('downloads go to different files', () => {
  const files = feeds.flatMap(feed => feed.downloads.map(({ file }) => file))
  assert.equal(new Set(files).size, files.length)
})

const strangers: [name: string, text: string][] = [
  ['README.md', '# Read me\n\nSome text.'],
  ['package.json', '{"name": "x", "version": "1.0.0"}'],
  ['list.json', '[]'],
  ['nothing', ''],
  ['proto.json', '{"__proto__": {"id": "x", "affected": []}, "constructor": 1}'],
  ['page.html', '<html><body>Too many requests</body></html>'],
  ['schema.json', '{"catalogVersion": {"type": "string"}, "vulnerabilities": {"type": "array"}}'],
]
for (const [path, text] of strangers) {
  test(`no feed takes ${path}`, async () => assert.equal((await readAs(path, text)).feed, undefined))
}

/** Nothing that stands in a feed's file, cut anywhere or twisted, makes a parser hang or answer with anything but items and errors. */
test('half a file is an error or fewer items', async () => {
  for (const { path, text } of rows) {
    for (let part = 1; part < 8; part++) {
      const cut = text.slice(0, Math.floor((text.length * part) / 8))
      try {
        for (const item of (await readAs(path, cut)).items) assert.ok(lineOf(item).length > 0)
      } catch (error) {
        assert.ok(
          error instanceof Error && !(error instanceof TypeError) && !(error instanceof RangeError),
          `${path}: ${error}`,
        )
      }
    }
  }
})
