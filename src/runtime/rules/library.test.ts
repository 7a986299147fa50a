import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quietEvents } from './benign.testing.ts'
import { createEngine } from './engine.ts'
import { fieldTables, findField } from './fields.ts'
import { libraryAreas, libraryKorean, libraryNotes, loadLibrary } from './library.ts'
import { priorities } from './model.ts'

const library = loadLibrary()
const engines = {
  syscall: createEngine(library.rules),
  k8s_audit: createEngine(library.rules, { source: 'k8s_audit' }),
}
const byName = new Map(library.rules.map(rule => [rule.name, rule]))
const loud = priorities.slice(0, priorities.indexOf('NOTICE'))

function firing(event: Record<string, unknown>, source: 'syscall' | 'k8s_audit'): string[] {
  return engines[source].judge(String(event['evt.type'] ?? ''), event).map(({ name }) => name)
}

test('the library loads without an error or a warning, each rule once', () => {
  assert.deepEqual([...library.errors, ...library.warnings], [])
  assert.equal(byName.size, library.rules.length)
  assert.ok(library.rules.length > 100)
})

test('every rule has its event types, its tags, its area, a sentence of advice and a Korean text', () => {
  const korean = libraryKorean()
  for (const { name, tags, eventTypes, source, file, description } of library.rules) {
    if (source === 'syscall') assert.ok('only' in eventTypes && eventTypes.only.size > 0, name)
    assert.ok(
      tags.some(tag => /^T\d{4}(\.\d{3})?$/.test(tag)),
      name,
    )
    assert.ok(
      tags.some(tag => tag.startsWith('mitre_')),
      name,
    )
    assert.ok(tags.includes(`area_${file.replace(/^library\/|\.yaml$/g, '')}`), name)
    assert.ok(description.trim().length > 30, name)
    const text = korean.get(name)
    assert.ok(text, name)
    for (const part of [text.title, text.description, text.action]) assert.match(part, /[가-힣]/, name)
  }
  assert.equal(korean.size, library.rules.length)
})

for (const { id, title } of libraryAreas) {
  test(`area ${id}: every rule fires on its examples and is silent on its near misses`, () => {
    assert.match(title.ko, /[가-힣]/)
    for (const [name, { fires, silent }] of libraryNotes(id)) {
      const { source } = byName.get(name) ?? assert.fail(name)
      assert.ok(fires.length > 0 && silent.length > 0, name)
      for (const event of fires) assert.ok(firing(event, source).includes(name), `${name} must fire`)
      for (const event of silent) assert.ok(!firing(event, source).includes(name), `${name} must be silent`)
    }
  })
}

test('examples are made of fields that exist', () => {
  const { syscall, k8s_audit } = fieldTables
  for (const { id } of libraryAreas)
    for (const { fires, silent } of libraryNotes(id).values())
      for (const key of [...fires, ...silent].flatMap(event => Object.keys(event))) {
        const [, name = '', argument] = /^([^[]+)(?:\[(.*)\])?$/.exec(key) ?? []
        const found = findField(id === 'k8s_audit' ? 'k8s_audit' : 'syscall', name, argument)
        assert.ok(found ?? syscall.has(key) ?? k8s_audit.has(key), key)
      }
})

for (const [service, events] of Object.entries(quietEvents)) {
  test(`${service} raises nothing above notice`, () => {
    for (const event of events) {
      const rules = firing(event, 'syscall').filter(name => loud.includes(byName.get(name)!.priority))
      assert.deepEqual(rules, [], `${event['evt.type']} ${event['proc.cmdline']} ${event['fd.name'] ?? ''}`)
    }
  })
}
