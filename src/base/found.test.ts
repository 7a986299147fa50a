import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foundList, reachable } from './found.ts'

test('one package stated several times: all it needs, direct if once, for development only if always', () => {
  const found = foundList()
  found.add({ name: 'a', version: '1', development: true, dependsOn: ['b@1'], relationship: 'indirect' })
  found.add({ name: 'a', version: '1', dependsOn: ['b@1', 'c@1'], relationship: 'direct', licenses: ['MIT'] })
  found.add({ name: 'a', version: '2', development: true })
  found.add({ name: 'a', version: '2', development: true })
  found.add({ name: '', version: '1' })
  assert.deepEqual(found.all(), [
    { id: 'a@1', name: 'a', version: '1', dependsOn: ['b@1', 'c@1'], relationship: 'direct', licenses: ['MIT'] },
    { id: 'a@2', name: 'a', version: '2', development: true },
  ])
})

test('a package repeated without end takes no time', () => {
  const found = foundList()
  const start = performance.now()
  for (let i = 0; i < 100_000; i++) found.add({ name: 'a', version: '1', dependsOn: [`x@${i}`] })
  assert.equal(found.all()[0]?.dependsOn?.length, 100_000)
  assert.ok(performance.now() - start < 1000)
})

test('what can be reached, circles included', () => {
  const next = new Map([
    ['a', ['b']],
    ['b', ['a', 'c']],
    ['d', ['e']],
  ])
  assert.deepEqual([...reachable(['a'], node => next.get(node) ?? [])].sort(), ['a', 'b', 'c'])
})
