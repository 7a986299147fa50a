import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tellLosses } from './loss-watch.ts'

test('what was lost since the last time is said, by class; nothing lost is nothing said', async () => {
  const said: string[] = []
  const looks = [
    { file: 0, critical: 0 },
    { file: 5, critical: 1 },
    { file: 5, critical: 1 },
    { file: 7, critical: 1 },
  ]
  let at = 0
  const done = new Promise<void>(resolve => {
    const stop = tellLosses(
      () => {
        const lost = looks[at++] ?? looks[3]!
        if (at > looks.length + 1) {
          stop()
          resolve()
        }
        return { produced: 100, filtered: 0, judged: 90, lost }
      },
      {
        say: line => void said.push(line),
        text: (key, values) => `${key} ${JSON.stringify(values)}`,
        language: 'en',
      },
      1,
    )
  })
  await done
  assert.deepEqual(said, [
    'watch.losing {"count":6,"what":"files 5, programs and grave calls 1"}',
    'watch.losing {"count":2,"what":"files 2"}',
  ])
})
