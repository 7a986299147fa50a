import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Alert } from '../../src/base/model/runtime.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { stockFields } from '../../src/runtime/fields/stock-fields.ts'

const skip = reasonToSkip()
const root = join(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'jenner-fields-'))
const image = `jenner-e2e-fields-${process.pid}:1.0`
const name = `jenner-e2e-fields-${process.pid}`

/** Fields that need what one machine with Docker does not have, or that nothing here does. */
const notHere: Record<string, string> = {
  'k8s.ns.name': 'needs Kubernetes',
  'k8s.pod.name': 'needs Kubernetes',
  'fd.sip.name': 'needs a name server',
  'fd.cip.name': 'needs a name server',
  'fd.lip.name': 'needs a name server',
  'fd.rip.name': 'needs a name server',
  'user.loginname': 'needs a login session',
}

const types =
  'execve openat open creat connect accept accept4 listen sendto recvfrom socket dup2 renameat2 rename mkdir rmdir unlink unlinkat symlink symlinkat link linkat chmod fchmodat setuid ptrace bpf unshare'.split(
    ' ',
  )

/** One program that does a little of everything; numbers of system calls are those of x86-64. */
const acts = `
$| = 1; chmod 04755, "/tmp/a"; symlink "/etc/shadow", "/tmp/l"; link "/tmp/a", "/tmp/b"; rename "/tmp/b", "/tmp/c"; mkdir "/tmp/d"; rmdir "/tmp/d"; unlink "/tmp/c";
my $to = pack("S n N x8", 2, 8099, 0x7f000001); socket(A, 2, 1, 0); bind(A, $to); listen(A, 5); socket(B, 2, 1, 0); connect(B, $to); accept(C, A);
send(C, "\\xca\\xfe\\xba\\xbe", 0); recv(B, my $x, 10, 0); syscall(101, 16, 99999, 0, 0); syscall(321, 5, 0, 0); syscall(272, 0x20000); syscall(105, 33);
open(F, ">", "/tmp/no/such");
`

let watch: ChildProcess | undefined
const out = join(base, 'alerts.jsonl')

function reasonToSkip(): string | false {
  if (process.getuid?.() !== 0) return 'needs root'
  if (process.arch !== 'x64') return 'needs x86-64 (numbers of system calls)'
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF'
  if (!existsSync('/usr/bin/perl')) return 'needs perl'
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
}

before(async () => {
  if (skip !== false) return
  const output = stockFields.map(field => `${field}=%${field}`).join(' ')
  const rules = types.map(
    type =>
      `- rule: ${type}\n  desc: d\n  condition: evt.type = ${type} and container.name = ${name}\n  output: "${output}"\n  priority: INFO\n`,
  )
  writeFileSync(join(base, 'rules.yaml'), rules.join('\n'))
  buildImage(image)
  const words = ['watch', '-r', join(base, 'rules.yaml'), '-f', 'json', '-o', out, '--lang', 'en']
  const child = spawn(join(root, 'jenner'), words, { cwd: base, stdio: ['ignore', 'ignore', 'pipe'] })
  watch = child
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => chunk.includes('Watching') && resolve())
    child.once('exit', () => reject(new Error('the sensor did not start')))
  })
})

after(() => {
  watch?.kill('SIGKILL')
  if (skip === false) {
    spawnSync('docker', ['rm', '-f', name], { stdio: 'ignore' })
    spawnSync('docker', ['rmi', '-f', image], { stdio: 'ignore' })
  }
  rmSync(base, { recursive: true, force: true })
})

test('every field of the stock rules comes from real events', { skip }, async () => {
  const shell = `echo x > /tmp/a; perl -e '${acts}'; cat /proc/self/status > /dev/null; sleep 0.3`
  const words = ['run', '--name', name, '-v', '/proc:/host/proc:ro', '-e', 'COLOUR=blue', image, 'sh', '-c', shell]
  execFileSync('docker', words, { stdio: 'ignore' })
  await new Promise(resolve => setTimeout(resolve, 500))
  const ended = new Promise(resolve => watch!.once('exit', resolve))
  watch!.kill('SIGINT')
  await ended
  const alerts = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Alert)
  const seen = new Set<string>()
  for (const { output_fields } of alerts)
    for (const [field, value] of Object.entries(output_fields)) if (value !== null && value !== '') seen.add(field)
  const missing = stockFields.filter(field => !seen.has(field) && notHere[field] === undefined)
  assert.deepEqual(missing, [], `of ${alerts.length} alerts of ${new Set(alerts.map(({ rule }) => rule)).size} types`)
})
