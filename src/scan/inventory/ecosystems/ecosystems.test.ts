import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { FilePattern } from '../../../base/model/ecosystem.ts'
import { ecosystems } from './index.ts'
import { ecosystemTraits } from './traits.ts'

/** What holds for every ecosystem in the list: the recipe "to add an ecosystem" in CONTRIBUTING ends here. */
const folders = readdirSync(import.meta.dirname).filter(name => statSync(join(import.meta.dirname, name)).isDirectory())
const extractors = ecosystems.flatMap(ecosystem => ecosystem.extractors)

test('types are unique', () => {
  const types = ecosystems.map(({ type }) => type)
  assert.deepEqual(
    types.filter((type, index) => types.indexOf(type) !== index),
    [],
  )
})

test('the traits are those of the ecosystems', () => {
  assert.deepEqual(
    ecosystems.map(({ extractors: _, ...traits }) => traits),
    ecosystemTraits,
  )
})

test('ids of extractors are unique', () => {
  const ids = extractors.map(({ id }) => id)
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  )
})

for (const { type, title, versions, normalizeName, extractors: own } of ecosystems) {
  test(`${type}: a folder of its name, a title in both languages, an order of versions`, () => {
    assert.ok(folders.includes(type))
    assert.ok(title.en !== '' && title.ko !== '')
    assert.equal(versions.compare('1', '1'), 0)
    assert.equal(normalizeName(normalizeName('A.b_c')), normalizeName('A.b_c'))
  })
  for (const extractor of own) {
    test(`${type}: ${extractor.id} wants files that can be wanted`, () => {
      assert.match(extractor.id, /^[a-z0-9][a-z0-9.-]*$/)
      assert.ok(extractor.revision >= 1 && Number.isInteger(extractor.revision))
      assert.ok(extractor.patterns.length > 0)
      for (const pattern of extractor.patterns) assert.equal(patternProblem(pattern), undefined)
    })
  }
  if (own.length > 0) {
    test(`${type}: has tests of its extractors`, () => assert.ok(testsOf(type) > 0))
  }
}

function patternProblem(pattern: FilePattern): string | undefined {
  const { basename, extension, path, folder, under, executable } = pattern
  const stated = [basename, extension, path, folder, under, executable].filter(part => part !== undefined)
  const text = JSON.stringify(pattern)
  if (stated.length !== 1) return `${text} states ${stated.length} kinds`
  if (basename?.includes('/') || basename === '') return `${text}: no name`
  if (extension !== undefined && !/^\.[^./]+$/.test(extension))
    return `${text}: an extension is a dot and what follows the last one`
  for (const whole of [path, folder, under]) {
    if (whole !== undefined && (whole === '' || /^\/|\/$|\/\/|(^|\/)\.{1,2}(\/|$)/.test(whole)))
      return `${text}: not normalised`
  }
  return undefined
}

/** Test files in the ecosystem's folder that test more than its versions. */
function testsOf(type: string): number {
  const folder = join(import.meta.dirname, type)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.test.ts'))
  return files.filter(
    name => !name.endsWith('version.test.ts') && /\btest\(/.test(readFileSync(join(folder, name), 'utf8')),
  ).length
}
