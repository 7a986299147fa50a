/** The policies of containers that run before the watch does hold from the first event on: no start-up during which the default judges them. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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
/**
 * Drops a program and runs it, over and over, noting what came of it. A name for each, and none that could be made up at run time (a number of five
 * digits in it, say a process id): what is observed of an image may run in all containers of it, under every name of that kind.
 */
const dropping = (who: 'first' | 'other') => {
  const file = `/tmp/dropped-by-${who}`
  return `while :; do rm -f ${file}; cp /bin/id ${file}; ${file} > /dev/null 2>&1; echo $? >> /tmp/said; done`
}

before(async () => {
  if (skip !== false) return
  bench = await openBench('start', { start: false })
  other = `${bench.name}-other`
  const { status, stderr } = docker('run', '-d', '--name', other, `${bench.name}:1.0`, 'sleep', '600')
  assert.equal(status, 0, stderr)
  docker('exec', '-d', bench.name, 'sh', '-c', dropping('first'))
  docker('exec', '-d', other, 'sh', '-c', dropping('other'))
})
after(async () => {
  if (other !== '') docker('rm', '-f', other)
  await bench?.close()
})

function docker(...words: string[]) {
  return spawnSync('docker', words, { encoding: 'utf8' })
}

/** Watches until both containers were told, and `more` holds. */
async function watchBy(policy: string, more = async (): Promise<void> => {}): Promise<void> {
  const { base, watch, until, alerts, said } = bench!
  writeFileSync(join(base, 'rules.yaml'), rules)
  writeFileSync(join(base, 'policy.yaml'), policy)
  for (const name of [bench!.name, other]) docker('exec', name, 'rm', '-f', '/tmp/said')
  alerts.length = 0
  await watch(['-r', join(base, 'rules.yaml'), '--drift-policy', join(base, 'policy.yaml')])
  const names = () => new Set(alerts.map(({ container }) => container?.name))
  await until(() => names().size === 2, `not both were told: ${said()}`, 30_000)
  await more()
  await bench!.stop()
}

const told = (name: string) => bench!.alerts.filter(({ container }) => container?.name === name)
const outcomes = (name: string): Set<unknown> =>
  new Set(told(name).map(({ output_fields }) => output_fields['evt.arg.killed']))
const statuses = (name: string): string[] =>
  docker('exec', name, 'cat', '/tmp/said')
    .stdout.split('\n')
    .filter(line => line !== '')

test('under block nothing that was dropped has run since the first moment that is watched', { skip }, async () => {
  await watchBy(`default: alert\ncontainers:\n  - names: ['${bench!.name}']\n    policy: block\n`)
  assert.deepEqual([...outcomes(bench!.name)], ['1'])
  assert.deepEqual([...outcomes(other)], [null])
  assert.ok(statuses(bench!.name).includes('137'), 'nothing was stopped')
})

test('under observe nothing is stopped where the default is to block, not even at the start', { skip }, async () => {
  // Of the machine's containers this one alone is to be blocked.
  const containers = `  - names: ['${bench!.name}']\n    policy: block\n  - names: ['*']\n    policy: observe\n`
  const { base, imageId, until, name } = bench!
  const list = join(base, 'state/drift', `${imageId.slice(7)}.json`)
  await watchBy(`default: block\ncontainers:\n${containers}`, async () => {
    await until(() => existsSync(list) && readFileSync(list, 'utf8').includes('/tmp/dropped-by-other'), 'not listed')
    // The list is the kernel's too from now on: it lets nothing run but what was observed.
    docker('exec', name, 'rm', '-f', '/tmp/said')
    await until(() => statuses(name).length >= 20, 'it tries nothing more', 30_000)
    assert.deepEqual([...new Set(statuses(name))], ['137'])
  })
  assert.deepEqual([...outcomes(other)], [null])
  assert.deepEqual([...new Set(statuses(other))], ['0'])
  assert.deepEqual([...outcomes(bench!.name)], ['1'])
})
