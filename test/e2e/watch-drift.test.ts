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
/** Of this container: others of the machine may be told too. */
const count = (): number =>
  bench!.alerts.filter(alert => alert.rule === rule && alert.container?.id === bench!.id).length

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

const replaced = 'Program that may run replaced by another'

test('what observe saw is held to its content: replaced, it is told under alert, told and stopped under block', {
  skip,
}, async () => {
  const { sh, name, base, until } = bench!
  const list = () => JSON.parse(readFileSync(listFile(), 'utf8')).paths as { path: string; sha256?: string[] }[]
  const known = () => list().find(({ path }) => path === '/opt/held')?.sha256
  await bench!.watch(['--drift', 'observe'])
  sh('cp /bin/sleep /opt/held; /opt/held 0')
  await until(() => known()?.length === 1, 'its content is not noted')

  const drifted = count()
  const told = () =>
    bench!.alerts.filter(
      alert =>
        alert.rule === replaced &&
        alert.container?.id === bench!.id &&
        alert.output_fields['evt.arg.path'] === '/opt/held',
    )
  await bench!.watch(['--drift', 'alert'])
  const first = sh('/opt/held 0')
  assert.equal(first.status, 0, first.stderr)
  assert.equal(sh('cp /bin/cat /opt/held.new; mv /opt/held.new /opt/held; echo fine | /opt/held').stdout, 'fine\n')
  await until(() => told().length === 1, 'the other content was not told')
  assert.equal(told()[0]?.output_fields['evt.arg.killed'], '0')
  assert.equal(count(), drifted)

  const file = join(base, 'policy.yaml')
  writeFileSync(file, `containers:\n  - names: ['${name}']\n    policy: block\n`)
  await bench!.watch(['--drift-policy', file])
  const stopped = sh(
    'cp /bin/bash /opt/held.new; mv /opt/held.new /opt/held; /opt/held -c "while :; do :; done"; echo status $?',
  )
  assert.match(stopped.stdout, /^status 137/)
  await until(() => told().length === 2, 'that it was stopped was not told')
  assert.equal(told().at(-1)?.output_fields['evt.arg.killed'], '1')
  assert.equal(sh('cp /bin/sleep /opt/held.new; mv /opt/held.new /opt/held; /opt/held 1').status, 0)
  assert.equal(told().length, 2)
})

test('a program of memory alone is allowed by the name that observe saw', { skip }, async context => {
  const { sh, name, base, until } = bench!
  if (sh('perl -e 1').status !== 0) return context.skip('needs Perl')
  const number = process.arch === 'arm64' ? 279 : 319
  const run = (file: string) =>
    sh(
      `perl -e '$n = "${file}"; $d = syscall(${number}, $n, 0); open P, "<", "/usr/bin/echo"; local $/; $p = <P>; open M, ">&=", $d; syswrite M, $p; exec {"/proc/$$/fd/$d"} "echo", "effect"'; echo status $?`,
    ).stdout
  await bench!.watch(['--drift', 'observe'])
  assert.match(run('jit'), /effect/)
  await until(() => readFileSync(listFile(), 'utf8').includes('"memfd:jit"'), 'not listed')
  const file = join(base, 'policy.yaml')
  writeFileSync(file, `containers:\n  - names: ['${name}']\n    policy: block\n`)
  await bench!.watch(['--drift-policy', file])
  assert.match(run('jit'), /effect\nstatus 0/)
  assert.match(run('other'), /^status 137/)
})
