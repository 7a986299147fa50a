import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openBench, reasonToSkip, type WatchBench } from './watch-bench.ts'

const skip = reasonToSkip()
let bench: WatchBench | undefined
const far = 'Behaviour far from the profile of the image'

before(async () => {
  if (skip === false) bench = await openBench('profile', { args: ['--no-malware'], start: false })
})
after(() => bench?.close())

const profile = (...words: string[]) =>
  spawnSync(join(import.meta.dirname, '../../jenner'), ['profile', ...words, '--state', join(bench!.base, 'state')], {
    encoding: 'utf8',
  })

test('learned while watching, kept at the end, listed and shown', { skip }, async () => {
  await bench!.watch(['--learn'])
  for (let round = 0; round < 3; round++) bench!.sh('cat /etc/passwd; echo x > /var/log/app')
  await bench!.stop()
  assert.ok(existsSync(join(bench!.base, 'state/profiles', `${bench!.imageId.slice(7)}.json`)))
  const rows = JSON.parse(profile('list', '-f', 'json').stdout)
  assert.deepEqual(
    rows.map(({ image, name, state }: Record<string, string>) => [image, name, state]),
    [[bench!.imageId, `${bench!.name}:1.0`, 'learning']],
  )
  const { stdout } = profile('show', `${bench!.name}:1.0`)
  assert.match(stdout, /\/usr\/bin\/cat/)
  assert.match(stdout, /\/var\/log/)
})

test('exported, ended and taken over again, it judges what comes after a restart', { skip }, async () => {
  const file = join(bench!.base, 'profile.json')
  assert.equal(profile('export', bench!.imageId, '-o', file).status, 0)
  const value = JSON.parse(readFileSync(file, 'utf8'))
  value.learning.done = true
  writeFileSync(file, JSON.stringify(value))
  assert.equal(profile('import', file).status, 0)
  await bench!.watch()
  bench!.sh('cat /etc/passwd')
  bench!.sh('find /root -name nothing')
  const alert = await bench!.alert(far)
  assert.match(String(alert.output_fields['evt.arg.reason']), /find/)
  assert.ok(Number(alert.output_fields['evt.arg.score']) >= 50)
  assert.equal(
    bench!.alerts.filter(({ output }) => / cat: |program .*\/cat/.test(output) && output.includes('profile')).length,
    0,
  )
  await bench!.stop()
})

test('learned anew, it is quiet again', { skip }, async () => {
  assert.equal(profile('relearn', bench!.imageId, '--keep').status, 0)
  const before = bench!.alerts.length
  await bench!.watch(['--learn'])
  bench!.sh('find /root -name other; grep x /etc/passwd')
  await bench!.stop()
  assert.deepEqual(
    bench!.alerts
      .slice(before)
      .filter(({ rule, container }) => rule.startsWith('Behaviour') && container?.id === bench!.id),
    [],
  )
})
