import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ArchiveEntry } from '../../base/model/visitor.ts'
import { createCollector } from '../image/content.ts'
import { configuredFinder } from './config.ts'
import { createSecretVisitor } from './visitor.ts'

const of = (...parts: string[]): string => parts.join('')
const token = of('gl', 'pat-', 'kQ7vZp2LxW9sTb4NcR8m')
const entryOf = (path: string, size: number, over: Partial<ArchiveEntry> = {}): ArchiveEntry => ({
  path,
  size,
  mode: 0o644,
  type: 'file',
  ...over,
})

function visit(path: string, data: Buffer, over: Partial<ArchiveEntry> = {}, complete = true, piece = 100_000) {
  const visitor = createSecretVisitor(createCollector())
  const sink = visitor.entry(entryOf(path, data.length, over))
  for (let at = 0; sink && at < data.length; at += piece) sink.write(data.subarray(at, at + piece))
  sink?.end(complete)
  return visitor.finish()
}

const texts: [what: string, path: string, data: Buffer, found: number][] = [
  ['a text', 'app/x.txt', Buffer.from(`a\n${token}\n`), 1],
  [
    'UTF-16 with a byte order mark',
    'app/x.txt',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(token, 'utf16le')]),
    1,
  ],
  ['a program', 'app/x', Buffer.concat([Buffer.from('\x7fELF\0\0'), Buffer.from(token)]), 0],
  ['a picture', 'app/x.png', Buffer.from(token), 0],
  ['an empty file', 'app/x', Buffer.alloc(0), 0],
]
for (const [what, path, data, found] of texts)
  test(`${what}: ${found}`, () => assert.equal(visit(path, data).facts.flatMap(({ value }) => value).length, found))

test('that a file holds more secrets than are kept is told', () => {
  for (const size of [1, 9]) {
    const text = `${token} ${' '.repeat(size * 1024)}\n`.repeat(1001)
    const { facts, problems } = visit('app/x.txt', Buffer.from(text))
    assert.equal(facts[0]?.value.length, 1000)
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['too_many'],
    )
  }
})

const passing = 'rules: [{id: mine, regex: "k[0-9]+", allow-rules: [{id: x, regex: "k1"}]}]'
const excluding = 'rules: [{id: mine, regex: "k2"}]\nexclude-block: {regexes: ["k1"]}'
for (const [config, name] of [
  [passing, 'mine'],
  [excluding, 'exclude-block'],
] as const)
  for (const size of [16, 1024])
    test(`that a rule matches at more places than are looked at is told: ${name}, ${size}`, () => {
      const text = `k1 ${' '.repeat(size)}\n`
      const { finder } = configuredFinder(config)
      for (const count of [10_000, 10_001]) {
        const visitor = createSecretVisitor(createCollector(), { finder })
        const data = Buffer.from(`${text.repeat(count)}${config === excluding ? 'k2\n' : ''}`)
        const sink = visitor.entry(entryOf('app/x.txt', data.length))
        sink?.write(data)
        sink?.end(true)
        assert.deepEqual(
          visitor.finish().problems.map(({ code, detail }) => `${code} ${detail}`),
          // A stream is looked at in windows of fewer places each.
          count === 10_000 || size === 1024 ? [] : [`too_many secrets: the first 10000 places of the rule ${name}`],
        )
      }
    })

test('links and whiteouts are passed over', () => {
  for (const over of [{ type: 'symlink' }, { type: 'hardlink' }, { whiteout: 'file' }] as Partial<ArchiveEntry>[])
    assert.deepEqual(visit('x', Buffer.from(token), over).facts, [])
})

/** Secrets at the seams of the windows, in lines and in one line without an end. */
for (const [name, filler] of [
  ['lines', `${'lorem ipsum '.repeat(8)}\n`],
  ['one line', 'lorem ipsum; '],
] as const) {
  test(`a text of 20 MB of ${name} is looked through as a stream, each secret once, in its place`, () => {
    const data = Buffer.alloc(20_000_000, filler)
    const places = [0, 4_194_280, 4_262_000, 8_400_000, 12_582_900, 19_999_900]
    for (const place of places) data.write(` ${token} `, place, 'latin1')
    const { facts, problems } = visit('var/log/app.log', data)
    const secrets = facts[0]!.value
    assert.deepEqual(
      secrets.map(({ offset }) => offset),
      places.map(place => place + 1),
    )
    for (const { offset, startLine } of secrets)
      assert.equal(startLine, data.subarray(0, offset).toString('latin1').split('\n').length)
    assert.deepEqual(problems, [])
  })
}

test('a file that breaks off is said, and what came of it is told', () => {
  const small = visit('a.txt', Buffer.from(`${token}\n`), { size: 1000 }, false)
  assert.deepEqual([small.facts, small.problems[0]!.code], [[], 'truncated'])
  const large = visit('a.txt', Buffer.alloc(9_000_000, `${token} `), { size: 10_000_000 }, false)
  assert.ok(large.facts[0]!.value.length > 0)
  assert.equal(large.problems[0]!.code, 'truncated')
})

test('by its place a finding is of low certainty: tests, examples, files of packages', () => {
  const password = Buffer.from('db_password = "tr0ub4dor&3"')
  const places: [path: string, text: Buffer, certain: boolean][] = [
    ['app/settings.py', password, true],
    ['app/tests/settings.py', password, false],
    ['app/examples/settings.py', password, false],
    ['usr/lib/python3/dist-packages/x/settings.py', password, false],
    ['app/node_modules/x/settings.py', Buffer.from(`x = ${token}`), false],
    ['app/tests/settings.py', Buffer.from(`x = ${token}`), true],
    ['app/config.example', password, false],
  ]
  for (const [path, text, certain] of places) {
    const [secret] = visit(path, text).facts[0]!.value
    assert.equal(secret!.certainty === undefined, certain, path)
    assert.equal(secret!.severity === 'LOW', !certain, path)
  }
})
