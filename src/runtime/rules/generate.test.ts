import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { prefixTest, suffixTest } from './affixes.ts'
import { compileMatcher } from './condition/compile.ts'
import { parseCondition } from './condition/parse.ts'
import { pathMatcher } from './condition/pmatch.ts'
import { createEngine } from './engine.ts'
import { loadRules, objectFields } from './generate.testing.ts'

const words = [
  'sh',
  'bash',
  '/etc',
  '/etc/',
  '/etc/passwd',
  '/et',
  '10.0.0.0/8',
  '10.1.2.3',
  '3',
  '0x10',
  '-1',
  'true',
  'false',
  'a b',
  '',
  '<NA>',
  "'",
  '\\',
  '`',
  '$' + '{x}',
  '\n',
]
const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
const word = fc.constantFrom(...words)
const names = [
  'proc.name',
  'fd.name',
  'fd.num',
  'evt.is_open_write',
  'proc.aname',
  'fd.sip',
  'evt.arg.flags',
  'evt.buffer',
]
const single = fc.constantFrom('=', '!=', 'contains', 'icontains', 'startswith', 'endswith', 'glob')
/** The loader takes only what a field can be compared with. */
const typed: Record<string, string[]> = {
  'fd.num': ['3', '0x10', '-1'],
  'evt.is_open_write': ['true', 'false'],
  'fd.sip': ['10.1.2.3', '10.0.0.0/8'],
}
function fit(name: string, operator: string, text: string): string {
  const fitting = typed[name]
  return fitting && /^(?:!?=|in|intersects)$/.test(operator) ? fitting[words.indexOf(text) % fitting.length]! : text
}
const check = fc.oneof(
  fc
    .tuple(fc.constantFrom('fd.num', 'proc.name'), fc.constantFrom('<', '>=', '='), fc.constantFrom('3', '0x10', '-1'))
    .map(parts => parts.join(' ')),
  fc
    .tuple(fc.constantFrom(...names), single, word)
    .map(([name, operator, right]) => `${name} ${operator} ${quoted(fit(name, operator, right))}`),
  fc
    .tuple(
      fc.constantFrom(...names),
      fc.constantFrom('in', 'intersects', 'pmatch'),
      fc.array(word, { minLength: 1, maxLength: 4 }),
    )
    .map(
      ([name, operator, list]) =>
        `${name} ${operator} (${list.map(text => quoted(fit(name, operator, text))).join(', ')})`,
    ),
  fc.constantFrom(...names).map(name => `${name} exists`),
  fc.tuple(fc.constantFrom(...names), word).map(([name, right]) => `tolower(${name}) = ${quoted(right)}`),
)
const simple = fc.oneof(
  check,
  check.map(text => `not ${text}`),
)
const joined = (parts: fc.Arbitrary<string>) =>
  fc
    .tuple(fc.constantFrom(' and ', ' or '), fc.array(parts, { minLength: 2, maxLength: 3 }), fc.boolean())
    .map(([word, list, negated]) => `${negated ? 'not ' : ''}(${list.join(word)})`)
const condition = fc.oneof(simple, joined(simple), joined(joined(simple)))
const value = fc.oneof(
  word,
  fc.constantFrom<unknown>(undefined, 3, -1, 0, 16n, true, false, ['sh', 'nginx'], [], Buffer.from('sh')),
)
const event = fc
  .array(value, { minLength: names.length, maxLength: names.length })
  .map(values => Object.fromEntries(names.map((name, index) => [name, values[index]])))

test('generated code, shared closures and each condition alone agree', () => {
  fc.assert(
    fc.property(
      fc.array(condition, { minLength: 1, maxLength: 6 }),
      fc.array(event, { minLength: 1, maxLength: 4 }),
      (conditions, events) => {
        const fields = objectFields('syscall')
        const alone = conditions.map(text => compileMatcher(parseCondition(text), fields))
        const rules = loadRules(conditions)
        const engines = [true, false].map(generated => createEngine(rules, { fields, generated }))
        for (const given of events) {
          const expected = alone.flatMap((matches, index) => (matches(given) ? [`r${index}`] : []))
          for (const engine of engines)
            assert.deepEqual(
              engine.judge('open', given).map(({ name }) => name),
              expected,
            )
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('nothing of a rule becomes code', () => {
  const rules = loadRules([
    `proc.name = ${quoted('"); globalThis.broken = 1; ("')}`,
    `proc.name contains ${quoted('$' + '{process.exit(1)}')}`,
    'fd.name startswith "\u2028`"',
  ])
  createEngine(rules).judge('open', { 'proc.name': 'x' })
  assert.equal('broken' in globalThis, false)
})

test('many beginnings and endings at once are each one alone', () => {
  const texts = fc.array(fc.stringMatching(/^[ab/é]{0,4}$/), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(texts, fc.stringMatching(/^[ab/é]{0,6}$/), (list, text) => {
      assert.equal(
        prefixTest(list)(text),
        list.some(prefix => text.startsWith(prefix)),
      )
      assert.equal(
        suffixTest(list)(text),
        list.some(suffix => text.endsWith(suffix)),
      )
    }),
  )
})

test('a path list answers as its components do', () => {
  const part = fc.constantFrom('a', 'b', '*', 'a*', '')
  const path = fc.array(part, { maxLength: 4 }).map(parts => `/${parts.join('/')}`)
  const plain = fc.array(fc.constantFrom('a', 'b', 'ab', ''), { maxLength: 4 }).map(parts => `/${parts.join('/')}`)
  const split = (text: string) => text.split('/').filter(Boolean)
  const fits = (pattern: string, given: string) => {
    const parts = split(given)
    return split(pattern).every((item, index) => {
      const at = parts[index]
      return at !== undefined && (item === '*' || item === at || (item === 'a*' && at.startsWith('a')))
    })
  }
  fc.assert(
    fc.property(fc.array(path, { minLength: 1, maxLength: 3 }), plain, (paths, given) => {
      assert.equal(
        pathMatcher(paths)(given),
        paths.some(pattern => fits(pattern, given)),
      )
    }),
  )
})

test('ten thousand exceptions load and judge', () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => `        - [p${index}, /srv/${index}]`).join('\n')
  const rules = loadRules(
    ['evt.type = open'],
    `  exceptions:\n    - name: e\n      fields: [proc.name, fd.name]\n      values:\n${rows}\n`,
  )
  const engine = createEngine(rules)
  assert.deepEqual(engine.judge('open', { 'proc.name': 'p9999', 'fd.name': '/srv/9999' }), [])
  assert.equal(engine.judge('open', { 'proc.name': 'p9999', 'fd.name': '/srv/1' }).length, 1)
  for (let index = 0; index < 2000; index++) engine.judge('open', { 'proc.name': `p${index}`, 'fd.name': '/srv/x' })
})
