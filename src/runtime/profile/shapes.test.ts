import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressLadder } from './networks.ts'
import { argumentShape, folderShape, pathShape, textShape } from './shapes.ts'

const texts: [string, string][] = [
  ['worker-12', 'worker-<n>'],
  ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', '<uuid>'],
  ['2026-11-25T00:12:33Z', '<date>'],
  ['log-2026-11-25.txt', 'log-<date>.txt'],
  ['10.0.12.7:8080', '<ip>:<n>'],
  ['da39a3ee5e6b4b0d3255bfef95601890afd80709', '<hex>'],
  ['deadbeef', 'deadbeef'],
  ['plain words', 'plain words'],
  ['', ''],
]
for (const [text, shape] of texts) test(`shape of ${text}`, () => assert.equal(textShape(text), shape))

const args: [string[], string][] = [
  [['-c', 'nginx -g daemon off;'], '-c nginx -g daemon off;'],
  [['--port=8080', '--dir=/var/lib/app/7'], '--port=<n> --dir=/var/lib/app/<n>'],
  [['/tmp/tmp.Xy12aB'], '/tmp/<name>'],
  [Array.from({ length: 20 }, () => 'a'), 'a a a a a a a a …'],
]
for (const [list, shape] of args)
  test(`arguments ${list.join(' ').slice(0, 30)}`, () => assert.equal(argumentShape(list), shape))

test('paths', () => {
  assert.equal(pathShape('/proc/4711/fd/3'), '/proc/<n>/fd/<n>')
  assert.equal(folderShape('/var/log/app/x.log'), '/var/log/app')
  assert.equal(folderShape('/x'), '/')
})

test('a megabyte of hostile text is shaped at once', () => {
  const started = performance.now()
  for (const text of ['a'.repeat(1e6), '1-'.repeat(5e5), '0x'.repeat(5e5), '.1'.repeat(5e5)]) {
    textShape(text)
    pathShape(`/${text}`)
    argumentShape([text, `--a=${text}`])
  }
  assert.ok(performance.now() - started < 500)
})

const addresses: [string, string[]][] = [
  ['10.1.2.3', ['10.1.2.3', '10.1.2.0/24', '*']],
  ['::ffff:10.1.2.3', ['10.1.2.3', '10.1.2.0/24', '*']],
  ['2001:db8::1', ['2001:db8::1', '2001:db8:0:0::/64', '*']],
  ['2001:db8:1:2:3:4:5:6', ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '*']],
  ['::1', ['::1', '0:0:0:0::/64', '*']],
]
for (const [address, ladder] of addresses)
  test(`networks of ${address}`, () => assert.deepEqual(addressLadder(address), ladder))
