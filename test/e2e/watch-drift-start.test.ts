/** The policies of containers that run before the watch does hold from the first event on: no start-up during which the default judges them. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openBench, reasonToSkip, type WatchBench } from './watch-bench.ts'

const skip = reasonToSkip()
let bench: WatchBench | undefined
let other = ''
const rule = 'Dropped program'
const rules = `
- rule: ${rule}
  condition: evt.type in (execve, execveat) and proc.exepath startswith /tmp/dropped
  output: killed=%evt.arg.killed
  desc: tells each program that was dropped
  priority: NOTICE
`
/** Drops a program and runs it, over and over, noting what came of it. A name for each: what is observed of an image may run in all containers of it. */
const dropping = (name: string) => {
  const file = `/tmp/dropped-by-${name}`
  return `while :; do rm -f ${file}; cp /bin/id ${file}; ${file} > /dev/null 2>&1; echo $? >> /tmp/said; done`
}

before(async () => {
  if (skip !== false) return
  bench = await openBench('start', { start: false })
  other = `${bench.name}-other`
  const { status, stderr } = docker('run', '-d', '--name', other, `${bench.name}:1.0`, 'sleep', '600')
  assert.equal(status, 0, stderr)
  for (const name of [bench.name, other]) docker('exec', '-d', name, 'sh', '-c', dropping(name))
})
after(async () => {
  if (other !== '') docker('rm', '-f', other)
  await bench?.close()
})

function docker(...words: string[]) {
  return spawnSync('docker', words, { encoding: 'utf8' })
}

async function watchBy(policy: string): Promise<void> {
  const { base, watch, until, alerts, said } = bench!
  writeFileSync(join(base, 'rules.yaml'), rules)
  writeFileSync(join(base, 'policy.yaml'), policy)
  for (const name of [bench!.name, other]) docker('exec', name, 'rm', '-f', '/tmp/said')
  alerts.length = 0
  await watch(['-r', join(base, 'rules.yaml'), '--drift-policy', join(base, 'policy.yaml')])
  const names = () => new Set(alerts.map(({ container }) => container?.name))
  await until(() => names().size === 2, `not both were told: ${said()}`)
  await bench!.stop()
}

const outcomes = (name: string): Set<unknown> =>
  new Set(
    bench!.alerts
      .filter(({ container }) => container?.name === name)
      .map(({ output_fields }) => output_fields['evt.arg.killed']),
  )
const statuses = (name: string): Set<string> =>
  new Set(docker('exec', name, 'cat', '/tmp/said').stdout.trim().split('\n'))

test('under block nothing that was dropped has run since the first moment that is watched', { skip }, async () => {
  await watchBy(`default: alert\ncontainers:\n  - names: ['${bench!.name}']\n    policy: block\n`)
  assert.deepEqual([...outcomes(bench!.name)], ['1'])
  assert.deepEqual([...outcomes(other)], [null])
  assert.ok(statuses(bench!.name).has('137'), 'nothing was stopped')
})

test('under observe nothing is stopped where the default is to block, not even at the start', { skip }, async () => {
  // Of the machine's containers this one alone is to be blocked.
  const containers = `  - names: ['${bench!.name}']\n    policy: block\n  - names: ['*']\n    policy: observe\n`
  await watchBy(`default: block\ncontainers:\n${containers}`)
  assert.deepEqual([...outcomes(other)], [null])
  assert.deepEqual([...statuses(other)], ['0'])
  assert.deepEqual([...outcomes(bench!.name)], ['1'])
})
