import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogRecord } from './record.ts'
import { parseSigma } from './sigma.ts'

const record = (text: string, more: Partial<LogRecord> = {}): LogRecord =>
  ({
    text,
    stream: 'stdout',
    container: 'web-1',
    image: 'shop/web:1',
    ...more,
  }) as LogRecord

const rule = (detection: string, more = ''): string =>
  `title: T\nid: r1\nlevel: high\n${more}\ndetection:\n${detection}`

const cases: [name: string, detection: string, hits: LogRecord[], misses: LogRecord[]][] = [
  [
    'keywords, one is enough, without case',
    '  k: [denied, "a*c"]\n  condition: k',
    [record('Access DENIED'), record('xabcx')],
    [record('fine'), record('a')],
  ],
  [
    'fields, all must hold',
    '  s: { container|startswith: web, text|contains: [err, fail] }\n  condition: s',
    [record('an error')],
    [record('an error', { container: 'db' }), record('ok')],
  ],
  ['all of a field', '  s: { "text|contains|all": [a, b] }\n  condition: s', [record('xaxb')], [record('xa')]],
  [
    'whole value without a modifier',
    '  s: { stream: stderr }\n  condition: s',
    [record('', { stream: 'stderr' })],
    [record('stderr')],
  ],
  [
    'wildcards and escapes',
    '  s: { text: "user \\\\* ? in*" }\n  condition: s',
    [record('user * x in here')],
    [record('user bob x in here')],
  ],
  [
    'regular expressions',
    '  s: { "text|re": "^\\\\d{3} (GET|POST)" }\n  condition: s',
    [record('404 GET /')],
    [record('GET 404')],
  ],
  ['case, asked for', '  s: { "text|contains|cased": Ab }\n  condition: s', [record('xAbx')], [record('xabx')]],
  [
    'and, or, not, parentheses',
    '  a: [one]\n  b: [two]\n  c: [three]\n  condition: (a or b) and not c',
    [record('one'), record('two')],
    [record('one three'), record('x')],
  ],
  [
    '1 of, all of, them',
    '  sel_a: [one]\n  sel_b: [two]\n  _skip: [zzz]\n  condition: all of sel_* or all of them',
    [record('one two')],
    [record('one'), record('zzz')],
  ],
  [
    'a list of maps',
    '  s: [{ stream: stderr }, { text|contains: boom }]\n  condition: s',
    [record('', { stream: 'stderr' }), record('boom')],
    [record('x')],
  ],
  ['a field that is not there', '  s: { user: null }\n  condition: s', [record('x')], [record('x', { user: 'bob' })]],
  ['exists', '  s: { "user|exists": true }\n  condition: s', [record('x', { user: 'bob' })], [record('x')]],
]

for (const [name, detection, hits, misses] of cases)
  test(name, () => {
    const parsed = parseSigma(rule(detection))
    assert.ok(!('fault' in parsed), JSON.stringify(parsed))
    for (const hit of hits) assert.ok(parsed.matches(hit), hit.text)
    for (const miss of misses) assert.ok(!parsed.matches(miss), miss.text)
    assert.equal(parsed.priority, 'Error')
  })

const faults: [text: string, fault: RegExp][] = [
  ['- a', /mapping/],
  ['title: T', /detection/],
  [rule('  a: [x]'), /condition/],
  [rule('  a: [x]\n  condition: b'), /b is not a selection/],
  [rule('  a: [x]\n  condition: (a'), /\) is missing/],
  [rule('  a: [x]\n  condition: a | count() > 5'), /not expected/],
  [rule('  a: [x]\n  condition: a\n  timeframe: 5m'), /timeframe/],
  [rule('  a: { "f|base64": x }\n  condition: a'), /base64/],
  [rule('  a: { "text|re": "(" }\n  condition: a'), /./],
  [rule('  a: [x]\n  condition: all of b*'), /no selection/],
  [rule(`  a: [x]\n  condition: ${'not '.repeat(400)}a`), /deeply/],
  ['x'.repeat(100_000), /64 KiB/],
]

for (const [text, fault] of faults)
  test(`names the fault ${fault}`, () => {
    const parsed = parseSigma(text)
    assert.ok('fault' in parsed)
    assert.match(parsed.fault, fault)
  })

test('a hostile expression takes no more time than its text', () => {
  const parsed = parseSigma(rule('  a: { "text|re": "(a+)+$" }\n  condition: a'))
  assert.ok(!('fault' in parsed))
  assert.equal(parsed.matches(record(`${'a'.repeat(20_000)}b`)), false)
})
