import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JennerError } from '../../base/errors.ts'
import type { AnyExtractor } from '../../base/model/ecosystem.ts'
import { createCollector } from '../image/content.ts'
import { type CollectOptions, collectLayer } from './collect.ts'
import { createDispatch } from './dispatch.ts'
import { type FedEntry, feedLayer, lineExtractor } from './layer-feed.ts'

function collect(extractor: AnyExtractor, entries: FedEntry[], options?: CollectOptions) {
  const collecting = collectLayer(createDispatch([extractor]), createCollector(), options)
  feedLayer(entries, collecting)
  return collecting.finish()
}

const sizes: AnyExtractor = { ...lineExtractor('sizes', [{ executable: true }]), parse: file => file.size }

test('only files that begin as programs do are read as programs', () => {
  const body = Buffer.alloc(2000)
  const elf = Buffer.concat([Buffer.from('\x7fELF', 'latin1'), body])
  const pe = Buffer.concat([Buffer.from('MZ'), body])
  const { facts } = collect(sizes, [
    ['bin/a', elf, 0o755],
    ['bin/b', body, 0o755],
    ['bin/c', elf],
    ['d.exe', pe],
    ['bin/e', Buffer.from('#!'), 0o755],
  ])
  assert.deepEqual(
    facts.map(({ path, value }) => [path, value]),
    [
      ['bin/a', 2004],
      ['d.exe', 2002],
    ],
  )
})

const failures: [string, unknown, string][] = [
  ['anything', new Error('x'), 'malformed'],
  ['a string', 'x', 'malformed'],
  ['a limit', new JennerError('limit_exceeded', 'x'), 'too_large'],
  ['a cut', new JennerError('truncated', 'x'), 'truncated'],
  ['something new', new JennerError('unsupported', 'x'), 'unsupported'],
]
for (const [name, thrown, code] of failures) {
  test(`a parser that throws ${name} leaves a problem`, () => {
    const extractor: AnyExtractor = {
      ...lineExtractor('bad', [{ basename: 'f' }]),
      parse: () => {
        throw thrown
      },
    }
    const { facts, problems } = collect(extractor, [['f', 'x']])
    assert.deepEqual([facts, problems.map(p => [p.path, p.code])], [[], [['f', code]]])
  })
}

test('what a parser could read stays, with what it could not', () => {
  const extractor: AnyExtractor = {
    ...lineExtractor('half', [{ basename: 'f' }]),
    parse: (_, problem) => {
      problem?.('malformed', 'row 3')
      return [{ name: 'a', version: '1' }]
    },
  }
  const { facts, problems } = collect(extractor, [['f', 'x']])
  assert.deepEqual([facts.length, problems], [1, [{ path: 'f', code: 'malformed', detail: 'row 3' }]])
})

test('files to skip are not parsed, and a slow parser is told', () => {
  const seen: string[] = []
  const slow: AnyExtractor = {
    ...lineExtractor('slow', [{ basename: 'f' }]),
    parse: () => {
      const end = performance.now() + 5
      while (performance.now() < end);
      return []
    },
  }
  const { problems } = collect(
    slow,
    [
      ['f', 'x'],
      ['a/f', 'x'],
    ],
    { skip: new Set(['f']), slowMs: 1, onFile: path => seen.push(path) },
  )
  assert.deepEqual([seen, problems.map(p => p.code)], [['a/f'], ['timed_out']])
})

test('more facts than allowed are left out and said so once', () => {
  const entries = ['1', '2', '3', '4'].map((n): FedEntry => [`${n}/f`, 'a 1'])
  const { facts, problems } = collect(lineExtractor('many', [{ basename: 'f' }]), entries, { maxFacts: 2 })
  assert.deepEqual([facts.length, problems.map(p => p.code)], [2, ['too_many']])
})

test('a stream that breaks inside a file is told with its name', () => {
  const collecting = collectLayer(createDispatch([lineExtractor('x', [{ basename: 'f' }])]), createCollector())
  const sink = collecting.entry({ path: 'f', type: 'file', size: 10, mode: 0o644 })!
  sink.write(Buffer.from('abc'))
  sink.end(false)
  assert.deepEqual(collecting.finish().problems, [{ path: 'f', code: 'truncated', detail: '3 of 10 bytes' }])
})

test('who wants a head is given no more of a large file', () => {
  const extractor: AnyExtractor = {
    ...lineExtractor('head', [{ extension: '.model' }]),
    headBytes: 10,
    parse: file => [file.size, file.bytes().length],
  }
  const { facts } = collect(extractor, [
    ['large.model', Buffer.alloc(100_000, 'x')],
    ['small.model', 'abc'],
  ])
  assert.deepEqual(
    facts.map(({ path, value }) => [path, value]),
    [
      ['large.model', [10, 10]],
      ['small.model', [3, 3]],
    ],
  )
})
