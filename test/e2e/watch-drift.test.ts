import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openBench, reasonToSkip, type WatchBench } from './watch-bench.ts'

const skip = reasonToSkip()
let bench: WatchBench | undefined
const shared = mkdtempSync(join(tmpdir(), 'jenner-drift-shared-'))
const rule = 'Program that is not in the image executed'
const copy = (to: string): string => `cp /bin/id ${to}`

before(async () => {
  if (skip === false) {
    bench = await openBench('drift', { start: false, run: ['-v', `${shared}:/data`] })
  }
})
after(async () => {
  await bench?.close()
  rmSync(shared, { recursive: true, force: true })
})

const listFile = (): string => join(bench!.base, 'state/drift', `${bench!.imageId.slice(7)}.json`)
const count = (): number => bench!.alerts.filter(alert => alert.rule === rule).length

test('the layers of this kernel are understood: drift is no loss', { skip }, async () => {
  await bench!.watch(['--drift', 'observe'])
  assert.ok(!bench!.said().includes('programs that are not of the image'), bench!.said())
})

test('observe notes what ran beside the image, and says nothing', { skip }, async () => {
  const { sh, until } = bench!
  assert.equal(sh(`${copy('/opt/known')}; /opt/known`).status, 0)
  await until(() => existsSync(listFile()) && readFileSync(listFile(), 'utf8').includes('/opt/known'), 'not listed')
  await bench!.stop()
  assert.equal(count(), 0)
  const { image, paths } = JSON.parse(readFileSync(listFile(), 'utf8'))
  assert.equal(image, bench!.imageId)
  assert.deepEqual(
    paths.map(({ path, how }: { path: string; how: string }) => [path, how]),
    [['/opt/known', 'exec']],
  )
})

test('alert lets the listed run in silence, and tells of the rest', { skip }, async () => {
  await bench!.watch(['--drift', 'alert'])
  assert.equal(bench!.sh(`/opt/known; ${copy('/opt/other')}; /opt/other`).status, 0)
  const alert = await bench!.alert(rule)
  assert.equal(alert.output_fields['proc.exepath'], '/opt/other')
  assert.equal(count(), 1)
})

test('block kills the rest before its first instruction; the listed runs, a new inode under its path too', {
  skip,
}, async () => {
  // By name: other containers of this machine are not ours to block.
  const file = join(bench!.base, 'block.yaml')
  writeFileSync(file, `containers:\n  - names: ['${bench!.name}']\n    policy: block\n`)
  await bench!.watch(['--drift-policy', file])
  const { sh } = bench!
  assert.equal(sh('/opt/known').status, 0)
  const killed = sh('/opt/other; echo status $?')
  assert.match(killed.stdout, /^status 137/)
  assert.equal(sh(`rm /opt/known; ${copy('/opt/known')}; /opt/known`).status, 0)
  assert.match(sh(`${copy('/opt/knownx')}; /opt/knownx; echo status $?`).stdout, /^status 137/)
})

test('a policy file says who is blocked, by name', { skip }, async () => {
  mkdirSync(join(bench!.base, 'state'), { recursive: true })
  const file = join(bench!.base, 'policy.yaml')
  const policy = (name: string) => `default: alert\ncontainers:\n  - names: ['${name}']\n    policy: block\n`
  writeFileSync(file, policy('somebody-else-*'))
  await bench!.watch(['--drift-policy', file])
  assert.match(bench!.sh('/opt/other; echo status $?').stdout, /status 0$/m)
  writeFileSync(file, policy(`${bench!.name.slice(0, 8)}*`))
  await bench!.watch(['--drift-policy', file])
  assert.match(bench!.sh('/opt/other; echo status $?').stdout, /^status 137/)
})

test('a volume has a policy of its own: the image’s by default, blocked where it says so', { skip }, async () => {
  const { sh, name, base } = bench!
  sh(copy('/data/tool'))
  const file = join(base, 'policy.yaml')
  const policy = (mounts: string) => `containers:\n  - names: ['${name}']\n    policy: block\n${mounts}`
  writeFileSync(file, policy(''))
  await bench!.watch(['--drift-policy', file])
  assert.match(sh('/data/tool; echo status $?').stdout, /status 0$/m)
  writeFileSync(file, policy('    mounts: [{ path: /data, policy: block }]\n'))
  await bench!.watch(['--drift-policy', file])
  assert.match(sh('/data/tool; echo status $?').stdout, /^status 137/)
})
