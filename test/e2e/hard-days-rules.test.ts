/** Rule files that are broken, hostile or huge. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createRuntimeFields } from '../../src/runtime/fields/fields.ts'
import { someEvent, someProcess } from '../../src/runtime/fields/testing.ts'
import { createEngine } from '../../src/runtime/rules/engine.ts'
import { loadRules } from '../../src/runtime/rules/loader/load.ts'

const launcher = join(import.meta.dirname, '../../jenner')
const folder = mkdtempSync(join(tmpdir(), 'jenner-hard-rules-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function jenner(...words: string[]) {
  return spawnSync(launcher, [...words, '--lang', 'en'], { encoding: 'utf8', timeout: 60_000 })
}

function write(name: string, content: string | Buffer): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

const rule = (condition: string, more = ''): string =>
  `- rule: R\n  desc: d\n  condition: ${condition}\n  output: o\n  priority: INFO\n${more}`
const deep = (depth: number) => `${'('.repeat(depth)}evt.type = open${')'.repeat(depth)}`

const broken: [name: string, content: string | Buffer][] = [
  ['nothing but noise', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256))],
  ['a map where a sequence must be', 'rule: R\n'],
  ['a sequence that never ends its text', '- rule: "R\n'],
  ['a tab where blanks must be', '- rule: R\n\tdesc: d\n'],
  [
    'a billion laughs',
    `- list: a\n  items: &a [x, x, x]\n${Array.from(
      { length: 30 },
      (_, n) =>
        `- list: l${n}\n  items: &l${n} [${Array(9)
          .fill(n === 0 ? '*a' : `*l${n - 1}`)
          .join(', ')}]\n`,
    ).join('')}`,
  ],
  ['a condition without end', rule('(evt.type = open and')],
  ['a condition ten thousand deep', rule(deep(10_000))],
  ['macros that call each other', `- macro: a\n  condition: b\n- macro: b\n  condition: a\n${rule('a')}`],
  ['an expression that is none', rule('evt.type = open and fd.name regex "(unclosed"')],
]

for (const [name, content] of broken) {
  test(`${name} is told by file and code, at once, and is not run`, () => {
    const file = write('broken.yaml', content)
    const { status, stdout, stderr } = jenner('rules', 'validate', file, '-f', 'json')
    assert.equal(status, 4, stderr)
    const { files } = JSON.parse(stdout) as { files: { errors: { code: string }[] }[] }
    assert.match(files[0]!.errors[0]!.code, /^LOAD_ERR_/)
    const watched = jenner('watch', '-r', file)
    assert.equal(watched.status, 4)
    assert.match(watched.stderr, /LOAD_ERR_/)
    assert.doesNotMatch(watched.stderr, /^\s+at /m)
  })
}

function judgeOf(content: string) {
  const { rules, errors } = loadRules([content])
  assert.deepEqual(errors, [])
  const engine = createEngine(rules, { fields: createRuntimeFields() })
  return (comm: string, name: string): number =>
    engine.judge('open', someEvent('open', { fd: { num: 3, typechar: 'f', name }, process: someProcess({ comm }) }))
      .length
}

/** What would take a backtracking engine longer than the universe must be over before a test's patience. */
test('a catastrophic regular expression is judged in linear time', () => {
  const judge = judgeOf(rule(`evt.type = open and fd.name regex "^(a+)+(b|c)*(d*)*$"`))
  const name = `${'a'.repeat(4000)}!`
  for (let count = 0; count < 200; count++) assert.equal(judge('x', name), 0)
  assert.equal(judge('x', 'aaab'), 1)
})

test('ten thousand exceptions load, hold, and let the rest through', () => {
  const values = Array.from({ length: 10_000 }, (_, index) => `      - [p${index}, /data/${index}]`).join('\n')
  const exceptions = `  exceptions:\n  - name: many\n    fields: [proc.name, fd.name]\n    comps: [=, startswith]\n    values:\n${values}\n`
  const content = rule('evt.type = open', exceptions)
  const { status, stderr } = jenner('rules', 'validate', write('many.yaml', content))
  assert.equal(status, 0, stderr)
  const judge = judgeOf(content)
  assert.equal(judge('p9999', '/data/9999/x'), 0)
  assert.equal(judge('p0', '/data/0'), 0)
  assert.equal(judge('p9999', '/data/9998/x'), 1)
  assert.equal(judge('q', '/data/0'), 1)
})
