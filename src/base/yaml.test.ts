import { deepEqual, equal, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { YAMLParseError } from 'yaml'
import { JennerError } from './errors.ts'
import { parseYamlObject } from './yaml.ts'

test('scalars stay text', () => {
  deepEqual(parseYamlObject('a: 1.10\nb: [true, 0x10, ~]\n'), { a: '1.10', b: ['true', '0x10', '~'] })
})

test('what is no mapping is nothing', () => {
  for (const text of ['', '- a', 'text']) equal(parseYamlObject(text), undefined)
})

test('damaged YAML is refused, not read in part', () => {
  for (const text of ['a: [1', 'a: "x', 'a: 1\n\tb: 2\n', 'a: *nowhere\n']) throws(() => parseYamlObject(text), text)
})

test('of many errors the first is told, and no other gathered', () => {
  const expected = (error: unknown) =>
    error instanceof JennerError &&
    /Unexpected double-quoted-scalar at node end$/.test(error.message) &&
    !(error.cause instanceof YAMLParseError)
  throws(() => parseYamlObject('"'.repeat(10_000)), expected)
  throws(() => parseYamlObject('a: 1\n---\nb: 2\n'), /multiple documents/)
  deepEqual(parseYamlObject('%YAML 1.2\n--- # one\na: 1\n...\n'), { a: '1' })
})

test('nesting and aliases have limits', () => {
  throws(
    () => parseYamlObject('['.repeat(1_000_000)),
    (error: unknown) => error instanceof JennerError && error.code === 'limit_exceeded',
  )
  throws(() => parseYamlObject(`a: &a [x, x]\nb: &b [${'*a, '.repeat(60)}x]\nc: [${'*b, '.repeat(60)}x]\n`))
})

test('__proto__ is a key like any other', () => {
  const value = parseYamlObject('__proto__: { polluted: yes }\n')
  equal(Object.hasOwn(value!, '__proto__'), true)
  equal(({} as Record<string, unknown>).polluted, undefined)
})

for (const text of ['a: *nothing', '***', 'a: [', 'a: "b']) {
  test(`bad YAML is our own error: ${text}`, () => throws(() => parseYamlObject(text), { code: 'malformed' }))
}
