import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { AnyExtractor, Ecosystem } from '../../base/model/ecosystem.ts'
import { createCollector } from '../image/content.ts'
import { buildPackages } from './build.ts'
import { collectLayer } from './collect.ts'
import { createDispatch } from './dispatch.ts'
import type { LayerFacts } from './layer-facts.ts'
import { type FedEntry, feedLayer, lineExtractor } from './layer-feed.ts'
import { findAliases } from './links.ts'
import { osReleaseExtractor } from './os-release/detect.ts'
import { createOverlay } from './overlay.ts'

const listed = lineExtractor('listed', [{ path: 'db/status' }, { basename: 'lock' }])
const joined: AnyExtractor = {
  ...lineExtractor('joined', [{ path: 'db/joined' }]),
  assemble: view => view.files.flatMap(({ path, facts }) => facts.map((f: object) => ({ ...f, path }))),
}

function ecosystem(type: string, extractors: AnyExtractor[], kind: Ecosystem['class'] = 'lang-pkgs'): Ecosystem {
  return {
    type,
    extractors,
    class: kind,
    title: { en: type, ko: type },
    normalizeName: n => n,
    advisoryEcosystems: () => [],
    versions: { compare: () => undefined, satisfies: () => undefined },
  }
}

const ecosystems = [ecosystem('generic', [listed, joined])]
const dispatch = createDispatch([osReleaseExtractor, listed, joined])

function collect(entries: FedEntry[]): LayerFacts {
  const collecting = collectLayer(dispatch, createCollector())
  const { bytes, entries: count } = feedLayer(entries, collecting)
  return { ...collecting.finish(), bytes, entries: count }
}

function build(...layers: FedEntry[][]) {
  const facts = layers.map(collect)
  return buildPackages({
    ecosystems,
    dispatch,
    layers: facts,
    overlay: createOverlay(facts),
    refs: layers.map((_, index) => ({ index })),
  })
}

/** `name version layer` of what is found. */
function found(...layers: FedEntry[][]): string[] {
  return build(...layers).packages.map(({ name, version, layer }) => `${name} ${version} ${layer?.index}`)
}

suite('layers', () => {
  const cases: [string, string[], ...FedEntry[][]][] = [
    ['one layer', ['a 1 0', 'b 2 0'], [['db/status', 'a 1\nb 2']]],
    ["the top layer's database decides", ['b 2 1'], [['db/status', 'a 1']], [['db/status', 'b 2']]],
    [
      'a package keeps the layer that brought it',
      ['a 1 0', 'b 2 1'],
      [['db/status', 'a 1']],
      [['db/status', 'a 1\nb 2']],
    ],
    ['an upgrade belongs to its own layer', ['a 2 1'], [['db/status', 'a 1']], [['db/status', 'a 2']]],
    [
      'removed and added again: the later layer',
      ['a 1 2'],
      [['db/status', 'a 1']],
      [['db/status', 'b 1']],
      [['db/status', 'a 1']],
    ],
    [
      'removed with its file and added again',
      ['a 1 2'],
      [['db/status', 'a 1']],
      ['-db/status'],
      [['db/status', 'a 1']],
    ],
    ['a whiteout takes a file away', [], [['db/status', 'a 1']], ['-db/status']],
    [
      'a whiteout takes a folder away',
      [],
      [
        ['db/status', 'a 1'],
        ['x/y/lock', 'c 1'],
      ],
      ['-db', '-x'],
    ],
    ['a whiteout spares its own layer', ['a 2 1'], [['db/status', 'a 1']], ['-db', ['db/status', 'a 2']]],
    [
      'an opaque folder hides what is below it',
      ['b 1 1'],
      [
        ['x/lock', 'a 1'],
        ['x/y/lock', 'a 2'],
      ],
      ['x/', '!x', ['x/z/lock', 'b 1']],
    ],
    ['an opaque root hides everything', [], [['x/lock', 'a 1']], ['!']],
    ['a whiteout does not take a longer name', ['a 1 0'], [['dbx/lock', 'a 1']], ['-db']],
    ['a file in place of a folder', [], [['x/lock', 'a 1']], [['x', 'no folder']]],
    ['a link in place of a folder, without a whiteout', [], [['x/y/lock', 'a 1']], ['x/y -> /elsewhere']],
    ['a folder in place of a file', [], [['x/lock', 'a 1']], ['x/lock/']],
    ['a file that nobody can read in place of one', [], [['x/lock', 'a 1']], [['x/lock', '!']]],
    ['a link in place of a file', [], [['x/lock', 'a 1']], ['x/lock -> nothing']],
    [
      'assembled packages are attributed too',
      ['a 1 0', 'b 2 2'],
      [['db/joined', 'a 1']],
      [['db/joined', 'a 1\nb 1']],
      [['db/joined', 'a 1\nb 2']],
    ],
    ['a hard link repeats what it links to', ['a 1 0', 'a 1 0'], [['x/lock', 'a 1'], 'y/lock = x/lock']],
    [
      'the last of two entries of one path counts',
      ['b 1 0'],
      [
        ['x/lock', 'a 1'],
        ['x/lock', 'b 1'],
      ],
    ],
  ]
  for (const [name, expected, ...layers] of cases) {
    test(name, () => assert.deepEqual(found(...layers), expected))
  }

  test('a file that cannot be read is told, and the rest is found', () => {
    const { packages } = build([
      ['x/lock', '!'],
      ['y/lock', 'a 1'],
    ])
    const { problems } = collect([
      ['x/lock', '!'],
      ['y/lock', 'a 1'],
    ])
    assert.equal(packages.length, 1)
    assert.deepEqual(problems, [{ path: 'x/lock', code: 'malformed', detail: 'listed: not readable' }])
  })
})

suite('links', () => {
  const aliases = (...layers: FedEntry[][]) => {
    const facts = layers.map(collect)
    return findAliases(facts, createOverlay(facts), dispatch)
  }
  test('a linked database is looked for where the link leads, inside the root', () => {
    assert.deepEqual(aliases(['db/status -> ../../../../other/file', ['other/file', 'a 1']]).aliases, [
      { from: 'other/file', to: 'db/status', layers: [0] },
    ])
    assert.deepEqual(aliases([['moved/status', 'a 1']], ['db -> /moved']).aliases, [
      { from: 'moved', to: 'db', layers: [0, 1] },
    ])
  })
  test('a link to nothing moves nothing', () => assert.deepEqual(aliases(['db -> /etc']).aliases, []))
  test('a database that links to nothing is told', () => {
    const told = (entry: FedEntry) => aliases([entry]).problems.map(p => [p.path, p.code])
    assert.deepEqual(told('db/status -> /etc/passwd'), [['db/status', 'unreadable']])
  })
  for (const type of ['device', 'fifo'] as const) {
    test(`a ${type} in a database's place is told`, () => {
      const { problems } = collect([{ path: 'db/status', type }])
      assert.deepEqual(
        problems.map(p => [p.path, p.code]),
        [['db/status', 'unreadable']],
      )
    })
  }
  test('a pipe in the place of a lock file is told, one of any other name is not', () => {
    const { problems } = collect([
      { path: 'app/lock', type: 'fifo' },
      { path: 'app/pipe', type: 'fifo' },
    ])
    assert.deepEqual(
      problems.map(p => [p.path, p.code]),
      [['app/lock', 'unreadable']],
    )
  })
  test('a link that was replaced moves nothing', () => {
    assert.deepEqual(aliases(['db -> /moved', ['moved/status', 'a 1']], ['-db', ['db/status', 'a 1']]).aliases, [])
  })
  test('a circle is told', () => {
    const codes = aliases(['db -> db/x']).problems.map(p => [p.path, p.code])
    assert.deepEqual(codes, [
      ['db/status', 'too_deep'],
      ['db/joined', 'too_deep'],
    ])
  })
  test('a link to a link that was not noted is told, not passed over', () => {
    const codes = aliases(['db/status -> /moved/status', 'moved -> other', ['other/status', 'a 1']]).problems
    assert.deepEqual(codes, [
      { path: 'db/status', code: 'unsupported', detail: 'links on to moved, which is a link itself' },
    ])
  })
  test("a hard link to a file that nobody wanted is read by its link's name", () => {
    assert.deepEqual(aliases([['store/1', 'a 1'], 'x/lock = store/1']).aliases, [
      { from: 'store/1', to: 'x/lock', layers: [0] },
    ])
  })
})

suite('completion', () => {
  test('ids: the purl, with the path where two share it', () => {
    const ids = build([
      ['x/lock', 'a 1\nb 1'],
      ['y/lock', 'a 1'],
    ]).packages.map(({ id }) => id)
    assert.deepEqual(ids, ['pkg:generic/a@1#x/lock', 'pkg:generic/b@1', 'pkg:generic/a@1#y/lock'])
  })
  test('the same package twice in one file is one', () => assert.deepEqual(found([['x/lock', 'a 1\na 1']]), ['a 1 0']))
  test('a package with an endless name is a problem', () => {
    const { packages, problems } = build([['x/lock', `${'a'.repeat(5000)} 1\nb 1`]])
    assert.deepEqual([packages.length, problems[0]?.code], [1, 'malformed'])
  })
  test('names of Object.prototype are names like others', () => {
    assert.deepEqual(found([['x/lock', '__proto__ 1\nconstructor 2']]), ['__proto__ 1 0', 'constructor 2 0'])
  })
})

test("dependencies by the extractor's ids, by name@version or by name", () => {
  const graph: AnyExtractor = {
    ...lineExtractor('graph', [{ basename: 'graph' }]),
    parse: () => [
      { name: 'a', version: '1', id: 'x1', dependsOn: ['x2', 'c@1', 'd', 'nothing', 'x1'] },
      { name: 'b', version: '1', id: 'x2' },
      { name: 'c', version: '1' },
      { name: 'd', version: '1' },
    ],
  }
  const own = createDispatch([graph])
  const collecting = collectLayer(own, createCollector())
  const reading = feedLayer([['graph', '']], collecting)
  const layers = [{ ...collecting.finish(), ...reading }]
  const { packages } = buildPackages({
    ecosystems: [ecosystem('generic', [graph])],
    dispatch: own,
    layers,
    overlay: createOverlay(layers),
    refs: [],
  })
  assert.deepEqual(packages[0]!.dependsOn, ['pkg:generic/b@1', 'pkg:generic/c@1', 'pkg:generic/d@1'])
  assert.equal(packages[0]!.layer, undefined)
})
