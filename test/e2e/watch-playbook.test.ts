import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openBench, reasonToSkip, type WatchBench } from './watch-bench.ts'

const skip = reasonToSkip()
let bench: WatchBench | undefined
const secret = 'hunter-two-hunter-two'

before(async () => {
  if (skip !== false) return
  bench = await openBench('playbook', { start: false, args: ['--no-malware'] })
  mkdirSync(join(bench.base, 'state'), { recursive: true })
  writeFileSync(
    join(bench.base, 'state/respond.yaml'),
    `enabled: true
playbooks:
  - name: hold what digs for passwords
    when: { tags: [area_credentials], severity: notice }
    steps: [evidence, pause]
`,
  )
  await bench.watch()
})
after(async () => {
  if (bench) spawnSync('docker', ['unpause', bench.name], { stdio: 'ignore' })
  await bench?.close()
})

const paused = (): boolean =>
  execFileSync('docker', ['inspect', '-f', '{{.State.Paused}}', bench!.name], { encoding: 'utf8' }).trim() === 'true'

test('a playbook acts by itself: evidence first, then the container stands still', { skip }, async () => {
  const { base, until, id } = bench!
  const act = `: --password=${secret}; echo root > /etc/shadow; sh -c 'cat /etc/shadow'`
  execFileSync('docker', ['exec', '-d', bench!.name, 'sh', '-c', act])
  await until(paused, 'the container was not paused', 15_000)
  await until(() => bench!.said().includes('hold what digs for passwords'), 'the answer was not told')
  const folder = join(base, 'state/evidence')
  const [tar = ''] = readdirSync(folder).filter(name => name.endsWith('.tar'))
  assert.ok(existsSync(join(folder, tar)))
  const read = (member: string): string =>
    execFileSync('tar', ['-xOf', join(folder, tar), member], { encoding: 'utf8' })
  const names = execFileSync('tar', ['-tf', join(folder, tar)], { encoding: 'utf8' })
  assert.match(names, /events\.json/)
  const events = JSON.parse(read('events.json')) as string[]
  assert.ok(
    events.some(line => line.includes('/etc/shadow')),
    events.join('\n'),
  )
  assert.ok(events.some(line => line.includes('execve')))
  assert.ok(!events.join('\n').includes(secret))
  assert.equal(JSON.parse(read('alert.json')).container.id, id)
  const audit = readFileSync(join(base, 'state/responses.log'), 'utf8')
  assert.ok(audit.indexOf('"evidence"') >= 0 && audit.indexOf('"evidence"') < audit.indexOf('"pause"'))
})

test('release gives it back', { skip }, () => {
  const jenner = join(import.meta.dirname, '../../jenner')
  const { status, stderr } = spawnSync(jenner, ['release', bench!.name, '--state', join(bench!.base, 'state')], {
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  assert.equal(paused(), false)
})
