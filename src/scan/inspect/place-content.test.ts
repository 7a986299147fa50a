import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Secret } from '../../base/model/content.ts'
import { createCollector } from '../image/content.ts'
import { collectLayer } from '../inventory/collect.ts'
import { createDispatch } from '../inventory/dispatch.ts'
import { type FedEntry, feedLayer } from '../inventory/layer-feed.ts'
import { createOverlay } from '../inventory/overlay.ts'
import type { ContentPart } from './content-part.ts'
import { placeContent } from './place-content.ts'

const part = { scanner: 'secret', digest: '' } as ContentPart
const secret = (fingerprint: string): Secret => ({
  rule: 'r',
  title: 't',
  category: 'key',
  severity: 'HIGH',
  startLine: 1,
  endLine: 1,
  match: '***',
  offset: 0,
  length: 1,
  fingerprint,
})

/** Layers, and in each which secrets stand where. */
function placed(...layers: [entries: FedEntry[], secrets: Record<string, string[]>][]): string[] {
  const facts = layers.map(([entries]) => {
    const collecting = collectLayer(createDispatch([]), createCollector())
    feedLayer(entries, collecting)
    return collecting.finish()
  })
  const found = layers.map(([, secrets]) => ({
    facts: Object.entries(secrets).map(([path, marks]) => ({ path, value: marks.map(secret) })),
    problems: [],
  }))
  const { secrets = [] } = placeContent({
    parts: [part],
    found: [found],
    overlay: createOverlay(facts),
    refs: layers.map((_, index) => ({ index })),
  })
  return secrets.map(
    ({ path, layer, removedIn, secrets: inFile }) =>
      `${path} ${layer!.index} ${removedIn ? `removed ${removedIn.index}` : 'there'} ${inFile.map(one => one.fingerprint)}`,
  )
}

const cases: [name: string, layers: Parameters<typeof placed>, expected: string[]][] = [
  [
    'a file that stays',
    [
      [[['a', 'x']], { a: ['1'] }],
      [[['b', 'x']], {}],
    ],
    ['a 0 there 1'],
  ],
  [
    'a file that is deleted',
    [
      [[['a', 'x']], { a: ['1'] }],
      [[['b', 'x']], {}],
      [['-a'], {}],
    ],
    ['a 0 removed 2 1'],
  ],
  [
    'a file that is replaced',
    [
      [[['a', 'x']], { a: ['1'] }],
      [[['a', 'y']], {}],
    ],
    ['a 0 removed 1 1'],
  ],
  [
    'a folder that is deleted',
    [
      [[['d/a', 'x']], { 'd/a': ['1'] }],
      [['-d'], {}],
    ],
    ['d/a 0 removed 1 1'],
  ],
  [
    'the same secret again',
    [
      [[['a', 'x']], { a: ['1'] }],
      [[['a', 'x']], { a: ['1'] }],
    ],
    ['a 1 there 1'],
  ],
  [
    'another secret at the same path',
    [
      [[['a', 'x']], { a: ['1', '2'] }],
      [[['a', 'y']], { a: ['2', '3'] }],
    ],
    ['a 0 removed 1 1', 'a 1 there 2,3'],
  ],
]
for (const [name, layers, expected] of cases) test(name, () => assert.deepEqual(placed(...layers), expected))
