/** The sensor itself stopped, continued and killed while containers work. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { docker, dockerAsync } from '../../src/runtime/drill/docker.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { hardDayRules } from './hard-days/rules.ts'
import { holds, pause, startWatch, totals, unableToWatch } from './hard-days/watch.ts'

const skip = unableToWatch()
const folder = mkdtempSync(join(tmpdir(), 'jenner-hard-sensor-'))
const prefix = `jenner-hard-sensor-${process.pid}`
const image = `${prefix}:1.0`
const rules = join(folder, 'rules.yaml')
const containers: string[] = []

before(() => {
  if (skip !== false) return
  buildImage(image)
  writeFileSync(rules, hardDayRules)
})

after(() => {
  if (skip === false) {
    for (const name of containers) docker(['rm', '--force', name])
    docker(['rmi', '--force', image])
  }
  rmSync(folder, { recursive: true, force: true })
})

function start(name: string): string {
  containers.push(`${prefix}-${name}`)
  const words = ['run', '-d', '--network', 'none', '--name', `${prefix}-${name}`, image, 'sleep', '600']
  const { status, stdout, stderr } = docker(words)
  assert.equal(status, 0, stderr)
  return stdout.trim()
}

test('a sensor that is stopped holds nothing up; it catches up, and counts what it lost', { skip }, async context => {
  const name = `${prefix}-stopped`
  start('stopped')
  const watch = await startWatch({ rules: [rules], cwd: folder })
  watch.child.kill('SIGSTOP')
  const noise = `perl -e 'for (1..400000) { sysopen F, "/tmp/flood$$", 0102; close F; unlink "/tmp/flood$$" if $_ % 7 == 0 }'`
  const busy = await dockerAsync(
    ['exec', name, 'bash', '-c', `cp /bin/true /tmp/evil; /tmp/evil; ${noise} & ${noise} & wait`],
    300_000,
  )
  assert.equal(busy.status, 0, 'the container was held up')
  watch.child.kill('SIGCONT')
  assert.ok(await watch.heard(name, 'Foreign program'), 'the attack of that time was not told')
  docker(['exec', name, 'bash', '-c', ': > /tmp/mark'])
  assert.ok(await watch.heard(name, 'Mark'), 'it sees nothing any more')
  assert.ok(await holds(() => watch.said().includes('events were lost'), 60_000), 'that events were lost is not said')
  await watch.stop()
  const { judged, filtered, lost } = totals(watch.said())
  context.diagnostic(`${judged} judged, ${filtered} filtered, ${lost} lost`)
  assert.ok(lost > 0, `nothing was counted as lost: ${watch.said()}`)
  assert.ok(judged + filtered + lost >= 800_000, 'some are not accounted for')
})

/** A sensor that blocks one container, in a process of its own. */
async function startBlocker(id: string): Promise<ChildProcess> {
  const program = join(import.meta.dirname, 'hard-days/blocker.ts')
  const child = spawn(process.execPath, [program, id], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

test('after SIGKILL containers live on unguarded, nothing stays in the kernel, and the next sensor takes over', {
  skip,
}, async () => {
  const name = `${prefix}-killed`
  const id = start('killed')
  const evil = () => docker(['exec', name, 'bash', '-c', 'cp -f /bin/echo /tmp/evil; /tmp/evil effect']).stdout
  const pinned = readdirSync('/sys/fs/bpf')
  const first = await startBlocker(id)
  assert.equal(evil(), '')
  first.kill('SIGSTOP')
  assert.equal(evil(), '', 'the kernel decides, not the process')
  first.kill('SIGKILL')
  await once(first, 'exit')
  assert.ok(await holds(() => evil() === 'effect\n', 30_000), 'what is killed guards nothing')
  assert.deepEqual(readdirSync('/sys/fs/bpf'), pinned)
  assert.deepEqual(orphans(), [])
  const second = await startBlocker(id)
  assert.equal(evil(), '')
  assert.equal(docker(['inspect', '-f', '{{.State.Running}}', name]).stdout.trim(), 'true')
  second.kill('SIGKILL')
  await once(second, 'exit')
})

/** Programs of ours that no process holds. Empty too where there is no bpftool to ask. */
function orphans(): string[] {
  const { status, stdout } = spawnSync('bpftool', ['-j', 'prog', 'show'], { encoding: 'utf8' })
  if (status !== 0) return []
  const programs = JSON.parse(stdout) as { name?: string; pids?: unknown[] }[]
  return programs.flatMap(({ name = '', pids }) => (name === 'on_sys_exit' && pids?.length === 0 ? [name] : []))
}

test('a watch that is killed is replaced by the next one, which knows what ran before', { skip }, async () => {
  const name = `${prefix}-next`
  start('next')
  const first = await startWatch({ rules: [rules], cwd: folder })
  first.child.kill('SIGKILL')
  await pause(200)
  const second = await startWatch({ rules: [rules], cwd: folder })
  try {
    docker(['exec', name, 'bash', '-c', 'cp /bin/true /tmp/evil; /tmp/evil'])
    const alert = await second.heard(name, 'Foreign program')
    assert.equal(alert?.container?.image, image)
  } finally {
    await second.stop()
  }
})
