import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytes, count, duration, percent, shortDigest } from './number.ts'
import { pathOf, safeLink, visible } from './safe.ts'
import { absolute, clock, leftUntil, relative } from './time.ts'
import { formatSearch, has, parseSearch, toggled } from './url-state.ts'

test('nothing foreign hides: control, bidirectional and invisible characters are shown', () => {
  const cases: [string, string][] = [
    ['plain 한글 text', 'plain 한글 text'],
    ['\u001b[31mred', '\\x1b[31mred'],
    ['a\u202egnp.exe', 'a\\u202egnp.exe'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['tag\u{e0041}', 'tag\\ue0041'],
    ['half \ud800', 'half \\ud800'],
    ['pair 😀', 'pair 😀'],
    ['two\nlines', 'two\\x0alines'],
  ]
  for (const [text, shown] of cases) assert.equal(visible(text), shown)
  assert.equal(visible('two\nlines\there', { lines: true }), 'two\nlines\there')
  assert.equal(visible('abcdef', { limit: 3 }), 'abc…')
})

test('links lead to http and https only, without credentials', () => {
  assert.equal(safeLink('https://example.org/a?b'), 'https://example.org/a?b')
  for (const url of [
    undefined,
    '',
    '/path',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user:pass@example.org',
    ' java\nscript:x',
  ])
    assert.equal(safeLink(url), undefined, String(url))
  assert.equal(pathOf('images', 'sha256:ab/../c?d#e'), '/images/sha256%3Aab%2F..%2Fc%3Fd%23e')
})

test('numbers as people read them', () => {
  assert.equal(count(1234567, 'ko'), '1,234,567')
  assert.deepEqual(
    [0, 999, 1000, 1_234_567, 5e15].map(value => bytes(value, 'en')),
    ['0 B', '999 B', '1 kB', '1.2 MB', '5 PB'],
  )
  assert.deepEqual(
    [0, 0.00001, 0.5, 0.99999, 1].map(share => percent(share, 'en')),
    ['0%', '0.1%', '50%', '99.9%', '100%'],
  )
  assert.deepEqual(
    [84.4, 1234].map(ms => duration(ms, 'en')),
    ['84 ms', '1.2 s'],
  )
  assert.equal(shortDigest(`sha256:${'ab'.repeat(32)}`), 'abababababab')
})

test('times: how long ago, and the date in the reader’s zone', () => {
  const now = Date.parse('2026-11-28T00:00:00Z')
  assert.equal(relative('2026-11-27T21:00:00Z', now, 'ko'), '3시간 전')
  assert.match(relative('2026-12-01T00:00:00Z', now, 'en'), /in 3 days/)
  assert.equal(relative('nonsense', now, 'en'), 'nonsense')
  assert.equal(absolute('2026-11-27T15:30:05Z', 'ko', 'Asia/Seoul'), '2026-11-28 00:30:05 GMT+9')
  assert.equal(clock('2026-11-27T23:59:59Z', now, 'en', 'UTC'), '11-27 23:59:59')
  assert.equal(clock('2026-11-28T00:00:01Z', now, 'en', 'UTC'), '00:00:01')
})

test('clocks count down from the first sign, and past the end', () => {
  const from = '2026-11-27T00:00:00Z'
  const at = (hours: number) => Date.parse(from) + hours * 3_600_000
  assert.deepEqual(leftUntil(from, 24, at(6)), { minutes: 18 * 60, over: false, share: 0.25 })
  assert.deepEqual(leftUntil(from, 24, at(25)), { minutes: -60, over: true, share: 1 })
})

test('an address holds text and nothing else', () => {
  assert.deepEqual(parseSearch('?severity=HIGH%2CCRITICAL&kev=true&page=3'), {
    severity: 'HIGH,CRITICAL',
    kev: 'true',
    page: '3',
  })
  assert.deepEqual(parseSearch('?__proto__=x&a-b=1&=2&constructor=y'), { constructor: 'y' })
  assert.equal(parseSearch(`?q=${'x'.repeat(900)}`)['q']?.length, 500)
  assert.equal(
    formatSearch({ q: 'a b&c', severity: 'HIGH,LOW', none: undefined, empty: '' }),
    '?q=a+b%26c&severity=HIGH,LOW',
  )
  assert.equal(formatSearch({}), '')
  assert.deepEqual(parseSearch(formatSearch({ q: '한글 & <x>' })), { q: '한글 & <x>' })
})

test('values joined by commas are put in and taken out', () => {
  assert.equal(toggled(undefined, 'HIGH'), 'HIGH')
  assert.equal(toggled('HIGH', 'LOW'), 'HIGH,LOW')
  assert.equal(toggled('HIGH,LOW', 'HIGH'), 'LOW')
  assert.equal(toggled('LOW', 'LOW'), undefined)
  assert.ok(has('HIGH,LOW', 'LOW'))
  assert.ok(!has(undefined, 'LOW'))
})
