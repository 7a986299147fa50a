import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { RuntimeEvent } from '../../../base/model/runtime.ts'
import { someContainer, someEvent, someProcess } from '../../fields/testing.ts'
import { type ContentOptions, createDriftContent, startHashThread } from './content.ts'
import type { HashAnswer, HashQuestion } from './hash-thread.ts'
import { allowedBy, createDriftList, noteDrift } from './list.ts'

const [known, other] = ['1'.repeat(64), '2'.repeat(64)]
const container = someContainer()
const exec = (path: string): RuntimeEvent =>
  someEvent('execve', { container, process: someProcess({ exepath: path }), args: { drift: 'listed' } })

function bench(over: Partial<ContentOptions> = {}) {
  const told = { events: [] as RuntimeEvent[], changes: 0, unknown: [] as string[], killed: 0 }
  const questions: HashQuestion[] = []
  let answer: (answer: HashAnswer) => void = () => {}
  let end: (why: string) => void = () => {}
  const content = createDriftContent({
    start: (onAnswer, onEnd) => {
      answer = onAnswer
      end = onEnd
      return { ask: question => questions.push(question), close() {} }
    },
    judge: event => told.events.push(event),
    onChange: () => told.changes++,
    onUnknown: path => told.unknown.push(path),
    kill: () => ++told.killed > 0,
    ...over,
  })
  const list = createDriftList(`sha256:${'a'.repeat(64)}`, 'shop:1')
  for (const path of ['/opt/tool', 'memfd:jit']) noteDrift(list, path, 'exec', 'now', true)
  return {
    content,
    list,
    questions,
    told,
    answer: (with_: HashAnswer) => answer(with_),
    end: (why: string) => end(why),
  }
}

test('what was observed is noted, what is the same is passed, what differs is told and stopped under block', () => {
  const { content, list, questions, told, answer } = bench()
  content.learn(list, '/opt/tool', exec('/opt/tool'))
  answer({ id: questions.at(-1)!.id, sha256: known })
  assert.deepEqual(allowedBy(list, '/opt/tool')?.sha256, [known])
  assert.equal(told.changes, 1)
  content.learn(list, '/opt/tool', exec('/opt/tool'))
  assert.equal(questions.length, 1, 'the same file again')
  for (const [sha256, stop] of [
    [known, true],
    [other, false],
    [other, true],
  ] as const) {
    content.compare(list, '/opt/tool', exec('/opt/tool'), stop)
    answer({ id: questions.at(-1)!.id, sha256 })
  }
  assert.equal(told.killed, 1)
  assert.deepEqual(
    told.events.map(({ type, args }) => [type, args]),
    [0, 1].map(killed => ['jenner.drift_content', { path: '/opt/tool', sha256: other, killed }]),
  )
})

test('a path without known contents is not looked at; one of memory is looked at through its process alone', () => {
  const { content, list, questions, told, answer } = bench()
  content.compare(list, '/opt/tool', exec('/opt/tool'), true)
  assert.equal(questions.length, 0)
  content.learn(list, 'memfd:jit', exec('memfd:jit'))
  assert.deepEqual(questions[0]?.places, [`/proc/${exec('').process.pid}/exe`])
  answer({ id: questions[0]!.id, why: 'vanished' })
  assert.equal(allowedBy(list, 'memfd:jit')?.sha256, undefined)
  assert.deepEqual(told.unknown, [])
})

test('what cannot be compared is told: vanished, or without the thread; the thread comes back', () => {
  const { content, list, questions, told, answer, end } = bench()
  content.learn(list, '/opt/tool', exec('/opt/tool'))
  answer({ id: questions.at(-1)!.id, sha256: known })
  content.compare(list, '/opt/tool', exec('/opt/tool'), true)
  answer({ id: questions.at(-1)!.id, why: 'vanished' })
  content.compare(list, '/opt/tool', exec('/opt/tool'), true)
  end('out of memory')
  assert.deepEqual(told.unknown, ['/opt/tool', '/opt/tool'])
  content.compare(list, '/opt/tool', exec('/opt/tool'), true)
  answer({ id: questions.at(-1)!.id, sha256: other })
  assert.equal(told.killed, 1)
})

test('the thread hashes what is there, anew when it changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jenner-hash-'))
  const file = join(folder, 'f')
  const answers: HashAnswer[] = []
  let wake: (() => void) | undefined
  const hasher = startHashThread(
    answer => {
      answers.push(answer)
      wake?.()
    },
    why => assert.fail(why),
  )
  const ask = async (places: string[], inode?: bigint): Promise<HashAnswer> => {
    const came = new Promise<void>(resolve => {
      wake = resolve
    })
    hasher.ask({ id: answers.length, places, inode: inode ?? statSync(file, { bigint: true }).ino })
    await came
    return answers.at(-1)!
  }
  try {
    for (const text of ['one', 'two and more']) {
      writeFileSync(file, text)
      const sha256 = createHash('sha256').update(text).digest('hex')
      assert.equal((await ask([join(folder, 'none'), file])).sha256, sha256)
      assert.equal((await ask([file])).sha256, sha256)
    }
    assert.deepEqual({ ...(await ask([folder])), id: 0 }, { id: 0, why: 'not a file' })
    assert.deepEqual({ ...(await ask([file], 1n)), id: 0 }, { id: 0, why: 'replaced meanwhile' })
    assert.deepEqual({ ...(await ask([])), id: 0 }, { id: 0, why: 'vanished' })
  } finally {
    hasher.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
