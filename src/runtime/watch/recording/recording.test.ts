import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { someContainer, someEvent, someProcess } from '../../fields/testing.ts'
import { isRecording, readRecording } from './decode.ts'
import { recordingHead } from './encode.ts'
import { openRecorder } from './recorder.ts'

test('events come back as they were, processes and containers shared; the file is its owner’s alone', () => {
  const base = mkdtempSync(join(tmpdir(), 'jenner-recording-'))
  try {
    const file = join(base, 'events')
    const parent = someProcess({ pid: 1, comm: 'init' })
    const process = someProcess({ parent, env: ['PASSWORD=x'], capEffective: 2n ** 40n })
    const container = someContainer()
    const fd = { num: 3, typechar: 'f', name: '/tmp/a\nb', inode: 2n ** 60n, device: 5 }
    const events = [
      someEvent('execve', { process, container, args: { flags: 1n, data: new Uint8Array([1, 2]) } }),
      someEvent('openat', { process, container, fd, result: -2n }),
    ]
    const recorder = openRecorder(file, () => assert.fail())
    for (const event of events) recorder.take(event)
    process.uid = 5
    recorder.take(someEvent('connect', { process, container }))
    assert.equal(recorder.close(), 3)
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const text = readFileSync(file, 'utf8')
    assert.ok(isRecording(text))
    const { events: back, unreadable } = readRecording(text)
    assert.equal(unreadable, 0)
    assert.deepEqual(
      back.slice(0, 2).map(event => ({ ...event, process: { ...event.process, uid: 5 } })),
      events,
    )
    assert.equal(back[0]!.process.uid, 0)
    assert.equal(back[2]!.process.uid, 5)
    assert.equal(back[0]!.process, back[1]!.process)
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
})

test('lines that are no events are counted', () => {
  const lines = ['{', '[]', '{"e":"openat","p":9}', '{"p":1,"value":{"comm":1}}', '{"c":1,"value":{}}', '{"x":1}']
  assert.deepEqual(readRecording([recordingHead, ...lines].join('\n')), { events: [], unreadable: 6 })
})
