import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openBench, reasonToSkip, type WatchBench } from './watch-bench.ts'

const skip = reasonToSkip()
let bench: WatchBench | undefined

before(async () => {
  if (skip === false) bench = await openBench('record', { args: ['--no-malware'], start: false })
})
after(() => bench?.close())

test('raw events are recorded for their owner alone, and rules are tried against them', { skip }, async () => {
  const file = join(bench!.base, 'events.jsonl')
  await bench!.watch(['--record', file])
  assert.match(bench!.said(), /Recording raw events, with whatever secrets they hold/)
  for (let round = 0; round < 3; round++) bench!.sh('cat /etc/passwd; id -u')
  await bench!.stop()
  assert.match(bench!.said(), /\d+ events recorded in/)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  const rules = join(bench!.base, 'rules.yaml')
  writeFileSync(
    rules,
    `- rule: Program
  desc: d
  condition: evt.type = execve and proc.name in (cat, id) and container.name startswith jenner-e2e-record
  output: "%proc.cmdline"
  priority: INFO
`,
  )
  const exception = join(bench!.base, 'exception.yaml')
  writeFileSync(
    exception,
    `- rule: Program
  exceptions:
    - name: harmless
      fields: [proc.cmdline, proc.pname]
      comps: [=, in]
      values:
        - [id -u, [sh, runc]]
`,
  )
  const jenner = join(import.meta.dirname, '../../jenner')
  const words = ['rules', 'test', rules, '--against', file, '--exception', exception, '-f', 'json']
  const { status, stdout, stderr } = spawnSync(jenner, words, { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  const { unreadable, rules: rows } = JSON.parse(stdout)
  assert.equal(unreadable, 0)
  const [{ rule, count, hidden, hiddenBy }] = rows
  assert.deepEqual([rule, count, hidden, hiddenBy.length, hiddenBy[0].exception], ['Program', 6, 3, 1, 'harmless'])
})
