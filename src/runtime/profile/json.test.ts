import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { exportProfile, importProfile } from './json.ts'
import { apply, createHistories, createProfile, followCalls, observe } from './profile.ts'
import { connectTo, testEvent, testProcess } from './testing.ts'

function someProfile(): string {
  const profile = createProfile('sha256:1', testEvent('x', 0).time)
  const histories = createHistories()
  const events = [
    testEvent('read', 1),
    connectTo(2, '10.0.0.1', 80),
    testEvent('execve', 3, { process: testProcess({ exepath: '/__proto__/x' }) }),
  ]
  for (const event of events) {
    apply(profile, observe(profile, event))
    followCalls(profile, histories, event, true)
  }
  return exportProfile(profile)
}

test('what is exported reads back the same', () => {
  const text = someProfile()
  const profile = importProfile(text)
  assert.ok(typeof profile !== 'string', String(profile))
  assert.equal(exportProfile(profile), text)
})

const base = JSON.parse(someProfile()) as Record<string, unknown>
const broken: [string, unknown][] = [
  ['nothing', undefined],
  ['a list', []],
  ['another version', { ...base, version: 2 }],
  ['no image', { ...base, image: '' }],
  ['a facet left out', { ...base, facets: {} }],
  [
    'a negative count',
    { ...base, facets: { ...(base.facets as object), peer: { overflow: 0, entries: [['a', -1, 0, 0, []]] } } },
  ],
  [
    'an entry twice',
    {
      ...base,
      facets: {
        ...(base.facets as object),
        peer: {
          overflow: 0,
          entries: [
            ['a', 1, 0, 0, []],
            ['a', 1, 0, 0, []],
          ],
        },
      },
    },
  ],
  [
    'a key as long as a book',
    {
      ...base,
      facets: { ...(base.facets as object), peer: { overflow: 0, entries: [['a'.repeat(5000), 1, 0, 0, []]] } },
    },
  ],
  [
    'more than there is room for',
    {
      ...base,
      facets: {
        ...(base.facets as object),
        user: { overflow: 0, entries: Array.from({ length: 600 }, (_, at) => [String(at), 1, 0, 0, []]) },
      },
    },
  ],
  ['a mass of 2', { ...base, learning: { ...(base.learning as object), unseenMass: 2 } }],
  ['a model of nonsense', { ...base, models: [['x', { overflow: 0, contexts: [['a', [['b', 'c']]]] }]] }],
]
for (const [what, value] of broken)
  test(`refused: ${what}`, () =>
    assert.equal(typeof importProfile(value === undefined ? '' : JSON.stringify(value)), 'string'))

test('any JSON is a profile or refused, never an exception', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('version', 'image', 'learning', 'facets', 'models', '__proto__'), fc.jsonValue()),
      value => {
        importProfile(JSON.stringify({ version: 1, ...value }))
      },
    ),
    { numRuns: 200 },
  )
})
