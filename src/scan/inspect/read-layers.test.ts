import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildPackages } from '../inventory/build.ts'
import { createDispatch } from '../inventory/dispatch.ts'
import type { LayerFacts } from '../inventory/layer-facts.ts'
import { type FedEntry, feedLayer, lineExtractor } from '../inventory/layer-feed.ts'
import type { ContentPart, PartFacts } from './content-part.ts'
import { type LayerReader, readFacts } from './read-layers.ts'

const extractor = lineExtractor('x', [{ path: 'db/status' }, { folder: 'db/info' }, { basename: 'lock' }])
const dispatch = createDispatch([extractor])

/** Layers out of memory, with a cache, counting what is read. */
function memoryReader(layers: FedEntry[][]): LayerReader & { reads: number[] } {
  const kept = new Map<string, LayerFacts>()
  const keptParts = new Map<string, PartFacts>()
  const reads: number[] = []
  return {
    reads,
    count: layers.length,
    async read(index, visitor) {
      reads.push(index)
      return feedLayer(layers[index]!, visitor)
    },
    recall: (index, variant = '') => kept.get(`${index} ${variant}`),
    keep: (index, facts, _reading, variant = '') => void kept.set(`${index} ${variant}`, facts),
    recallPart: (index, { scanner, digest }) => keptParts.get(`${index} ${scanner} ${digest}`),
    keepPart: (index, { scanner, digest }, facts) => void keptParts.set(`${index} ${scanner} ${digest}`, facts),
  }
}

async function found(reader: LayerReader): Promise<string[]> {
  const { layers, overlay } = await readFacts(reader, dispatch, {})
  const { packages } = buildPackages({
    ecosystems: [],
    dispatch,
    layers,
    overlay,
    refs: layers.map((_, index) => ({ index })),
  })
  return packages.map(({ name, path, layer }) => `${name} ${path} ${layer?.index}`)
}

test('each layer is read once, and never again', async () => {
  const reader = memoryReader([[['db/status', 'a 1']], [['lock', 'b 1']]])
  const first = await found(reader)
  assert.deepEqual(first, ['a db/status 0', 'b lock 1'])
  assert.deepEqual(await found(reader), first)
  assert.deepEqual(reader.reads, [0, 1])
})

const linked: [string, string[], ...FedEntry[][]][] = [
  ['a linked database', ['a db/status 0'], [['moved/status', 'a 1']], ['db -> moved']],
  [
    'a linked folder brings all that stands in it',
    ['b db/info/y 0', 'a db/status 0'],
    [
      ['moved/status', 'a 1'],
      ['moved/info/y', 'b 1'],
    ],
    ['db -> /moved'],
  ],
  ['a linked file of another name', ['a db/status 0'], ['db/status -> ../store/7', ['store/7', 'a 1']]],
  ['the target is taken away later', [], ['db/status -> ../store/7', ['store/7', 'a 1']], ['-store/7']],
  [
    'the target is replaced later',
    ['b db/status 1'],
    ['db/status -> ../store/7', ['store/7', 'a 1']],
    [['store/7', 'b 1']],
  ],
  ['the link is taken away later', [], ['db/status -> ../store/7', ['store/7', 'a 1']], ['-db/status']],
  ['a hard link to a file of another name', ['a y/lock 0'], [['store/7', 'a 1'], 'y/lock = store/7']],
  [
    'a link out of the root stays in it',
    ['a db/status 0'],
    ['db/status -> ../../../../../etc/passwd', ['etc/passwd', 'a 1']],
  ],
]
for (const [name, expected, ...layers] of linked) {
  test(name, async () => {
    const reader = memoryReader(layers)
    assert.deepEqual(await found(reader), expected)
    const reads = reader.reads.length
    assert.deepEqual(await found(reader), expected)
    assert.equal(reader.reads.length, reads, 'nothing is read the second time')
  })
}

test('a reading that passed over a file is not kept', async () => {
  const reader = memoryReader([[['db/status', 'a 1']]])
  assert.deepEqual((await readFacts(reader, dispatch, { skip: new Set(['db/status']) })).layers[0]?.facts, [])
  assert.deepEqual(await found(reader), ['a db/status 0'])
})

/** Notes the size of every file with these endings. */
function sizePart(digest: string, ...endings: string[]): ContentPart {
  return {
    scanner: 'secret',
    digest,
    visit(collector) {
      const facts: PartFacts['facts'] = []
      return {
        entry: entry =>
          endings.some(ending => entry.path.endsWith(ending))
            ? collector.sink(entry, file => void facts.push({ path: file.path, value: file.text() }))
            : undefined,
        finish: () => ({ facts, problems: [] }),
      }
    },
  }
}

test('parts share the reading, and a file that several want is whole for each', async () => {
  const reader = memoryReader([
    [
      ['lock', 'a 1'],
      ['other', 'text'],
    ],
    [['db/status', 'c 3']],
  ])
  const parts = [sizePart('1', 'lock', 'other'), sizePart('2', 'lock', 'status')]
  const first = await readFacts(reader, dispatch, {}, parts)
  assert.deepEqual(
    first.parts.map(layers => layers.flatMap(({ facts }) => facts.map(({ path, value }) => `${path}=${value}`))),
    [
      ['lock=a 1', 'other=text'],
      ['lock=a 1', 'db/status=c 3'],
    ],
  )
  assert.equal(first.layers[0]!.facts.length, 1)
  assert.deepEqual(reader.reads, [0, 1])
  assert.equal((await readFacts(reader, dispatch, {}, parts)).recalled, 2)
  assert.deepEqual(reader.reads, [0, 1])
  const other = await readFacts(reader, dispatch, {}, [...parts, sizePart('3', 'other')])
  assert.deepEqual(reader.reads, [0, 1, 0, 1])
  assert.equal(other.parts[2]![0]!.facts.length, 1)
})
