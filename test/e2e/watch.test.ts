import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import type { Alert } from '../../src/base/model/runtime.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'

const skip = reasonToSkip()
const root = join(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'jenner-watch-'))
const image = `jenner-e2e-watch-${process.pid}:1.0`
const name = `jenner-e2e-watch-${process.pid}`
const rules = join(base, 'rules.yaml')

const alerts: Alert[] = []
let said = ''
let watch: ChildProcess | undefined

function reasonToSkip(): string | false {
  if (process.getuid?.() !== 0) return 'needs root'
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF'
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
}

before(async () => {
  if (skip !== false) return
  writeFileSync(
    rules,
    `
- rule: Shell in container
  desc: d
  condition: evt.type in (execve, execveat) and proc.name = sh and container.id != host
  output: shell | command=%proc.cmdline parent=%proc.pname user=%user.name
  priority: NOTICE
  tags: [T1059]
- rule: Flood
  desc: d
  condition: evt.type in (open, openat) and evt.is_open_write = true and fd.name = /tmp/flood
  output: flood %fd.name
  priority: DEBUG
- rule: Marker
  desc: d
  condition: evt.type in (open, openat) and evt.is_open_write = true and fd.name = /tmp/marker
  output: marker %fd.name
  priority: CRITICAL
`,
  )
  buildImage(image)
  execFileSync('docker', ['run', '-d', '--name', name, image, 'sleep', '600'], { stdio: 'ignore' })
  const child = spawn(join(root, 'jenner'), ['watch', '-r', rules, '-f', 'json', '--lang', 'en'], { cwd: base })
  watch = child
  createInterface({ input: child.stdout }).on('line', line => alerts.push(JSON.parse(line) as Alert))
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await until(
    () => said.includes('Watching'),
    60_000,
    () => `the sensor did not start: ${said}`,
  )
})

after(() => {
  watch?.kill('SIGKILL')
  if (skip === false) {
    spawnSync('docker', ['rm', '-f', name], { stdio: 'ignore' })
    spawnSync('docker', ['rmi', '-f', image], { stdio: 'ignore' })
  }
  rmSync(base, { recursive: true, force: true })
})

async function until(done: () => boolean, patience: number, otherwise: () => string): Promise<number> {
  const start = performance.now()
  while (!done()) {
    if (performance.now() - start > patience) assert.fail(otherwise())
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  return performance.now() - start
}

const alertOf = (rule: string): Alert | undefined => alerts.find(alert => alert.rule === rule)

test('a shell started in a running container is told, with container and image', { skip }, async () => {
  const exec = spawn('docker', ['exec', name, 'sh', '-c', 'exit 0'], { stdio: 'ignore' })
  await new Promise(resolve => exec.once('exit', resolve))
  await until(
    () => alertOf('Shell in container') !== undefined,
    30_000,
    () => `no alert; ${said}`,
  )
  const alert = alertOf('Shell in container')!
  const id = execFileSync('docker', ['inspect', '-f', '{{.Id}} {{.Image}}', name], { encoding: 'utf8' })
    .trim()
    .split(' ')
  assert.equal(alert.container?.id, id[0])
  assert.equal(alert.container?.imageId, id[1])
  assert.equal(alert.container?.name, name)
  assert.equal(alert.container?.image, image)
  assert.equal(alert.output_fields['container.image.repository'], image.split(':')[0])
  assert.equal(alert.output_fields['container.image.tag'], '1.0')
  assert.equal(alert.output_fields['proc.cmdline'], 'sh -c exit 0')
  assert.equal(alert.output_fields['user.name'], 'root')
  assert.equal(alert.priority, 'Notice')
  assert.match(alert.incident ?? '', /^[0-9a-f]{12}$/)
})

test('a flood of one rule does not hide another', { skip }, async () => {
  const loop =
    'i=0; while [ $i -lt 6000 ]; do echo x > /tmp/flood; i=$((i+1)); [ $i = 3000 ] && echo y > /tmp/marker; done; exit 0'
  execFileSync('docker', ['exec', name, 'sh', '-c', loop], { stdio: 'ignore' })
  await until(
    () => alertOf('Marker') !== undefined,
    30_000,
    () => `the marker was not told; ${said}`,
  )
  const shown = alerts.filter(({ rule }) => rule === 'Flood').length
  assert.ok(shown > 0 && shown < 100, `${shown} alerts of the flood shown`)
  await until(
    () => said.includes('held back'),
    60_000,
    () => `what was held back is not told; ${said}`,
  )
})

test('an interrupt ends the watch, with its counters', { skip }, async () => {
  // What it says last is heard only when its streams are closed.
  const ended = new Promise(resolve => watch!.once('close', resolve))
  watch!.kill('SIGINT')
  await ended
  assert.match(said, /\d+ events judged, \d+ filtered in the kernel, \d+ lost/)
})
