import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Alert } from '../../src/base/model/runtime.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'
import { loadRules } from '../../src/runtime/rules/loader/load.ts'

const root = join(import.meta.dirname, '../..')
const corpus = [process.env.JENNER_CORPUS, join(root, '.work/corpus')]
  .filter(place => place !== undefined)
  .map(place => join(place, 'rules/falco'))
  .find(existsSync)
const skip = reasonToSkip()
const base = mkdtempSync(join(tmpdir(), 'jenner-stock-'))
const image = `jenner-e2e-stock-${process.pid}:1.0`

/** `as NAME arguments`: a program of that name that does nothing. */
const as = (name: string, words = ''): string => `ln -sf /usr/bin/true /tmp/${name}; /tmp/${name} ${words}`
const udp = (peer: string) => `perl -e 'socket(S,2,2,0); connect(S,pack("S n C4 x8",2,${peer}));'`
const tcp = (peer: string) => `perl -e 'socket(S,2,2049,0); connect(S,pack("S n C4 x8",2,${peer}));'`

interface Act {
  rule: string
  /** What fires it, in a shell in a container. */
  does: string
  /** Almost the same. */
  almost?: string
  /** More for `docker run`. */
  run?: string[]
}

/** Stock rules that the drills do not fire, or fire only by chance: one act each, and a near miss where there is one. */
const acts: Act[] = [
  { rule: 'Launch Sensitive Mount Container', does: 'true', run: ['-v', '/proc:/host/proc:ro'], almost: 'true' },
  { rule: 'Launch Privileged Container', does: 'true', run: ['--privileged'], almost: 'true' },
  {
    rule: 'Mount Launched in Privileged Container',
    does: as('mount', '/dev/x /mnt'),
    run: ['--privileged'],
    almost: as('mount', '/dev/x /mnt'),
  },
  {
    rule: 'Debugfs Launched in Privileged Container',
    does: as('debugfs', '/dev/x'),
    run: ['--privileged'],
    almost: as('debugfs', '/dev/x'),
  },
  {
    rule: 'System procs network activity',
    does: 'bash -c ": > /dev/udp/127.0.0.1/9; : > /dev/udp/198.51.100.1/9"',
    almost: 'bash -c ": > /tmp/udp"',
  },
  {
    rule: 'Contact EC2 Instance Metadata Service From Container',
    does: tcp('80,169,254,169,254'),
    almost: tcp('80,127,0,0,2'),
  },
  {
    rule: 'Contact cloud metadata service from container',
    does: tcp('80,169,254,169,254'),
    almost: tcp('80,127,0,0,2'),
  },
  {
    rule: 'Read Shell Configuration File',
    does: 'echo x > /root/.bashrc; cat /root/.bashrc',
    almost: 'echo x > /root/.bashrx; cat /root/.bashrx',
  },
  {
    rule: 'Update Package Repository',
    does: 'mkdir -p /etc/apt/sources.list.d; cp /etc/hostname /etc/apt/sources.list.d/x.list',
    almost: 'mkdir -p /opt/apt; cp /etc/hostname /opt/apt/x.list',
  },
  { rule: 'Write below binary dir', does: 'echo x > /usr/bin/x', almost: 'mkdir -p /opt/bin; echo x > /opt/bin/x' },
  {
    rule: 'Write below rpm database',
    does: 'mkdir -p /var/lib/rpm; echo x > /var/lib/rpm/Packages',
    almost: 'mkdir -p /var/lib/rmp; echo x > /var/lib/rmp/Packages',
  },
  {
    rule: 'Modify binary dirs',
    does: 'cp /usr/bin/true /usr/bin/x; mv /usr/bin/x /usr/bin/y',
    almost: 'echo x > /tmp/x; mv /tmp/x /tmp/y',
  },
  { rule: 'Mkdir binary dirs', does: 'mkdir /usr/bin/new', almost: 'mkdir /opt/new' },
  { rule: 'Interpreted procs outbound network activity', does: tcp('443,198,51,100,1'), almost: 'perl -e 1' },
  {
    rule: 'Kubernetes Client Tool Launched in Container',
    does: as('kubectl', 'get pods'),
    almost: as('kubectk', 'get pods'),
  },
  { rule: 'Sudo Potential Privilege Escalation', does: as('sudoedit', "-s '\\'"), almost: as('sudoedit', '-s x') },
  {
    rule: 'Polkit Local Privilege Escalation Vulnerability (CVE-2021-4034)',
    does: as('pkexec'),
    almost: as('pkexec', 'id'),
  },
  {
    rule: 'Basic Interactive Reconnaissance',
    does: 'ln -sf /usr/bin/true /tmp/whoami; bash -ic "/tmp/whoami; true"',
    run: ['-t'],
    almost: 'bash -c id',
  },
  {
    rule: 'Reverse Shell from Web Server',
    does: 'cp /usr/bin/bash /tmp/nginx; /tmp/nginx -c "bash -c \\"true; : /dev/tcp/\\"; true"',
    almost: 'bash -c "true; : /dev/tcp/"',
  },
  {
    rule: 'Container Access to Host Sensitive Paths',
    does: 'mkdir -p /host/etc; echo x > /host/etc/x',
    almost: 'mkdir -p /hots/etc; echo x > /hots/etc/x',
  },
  {
    rule: 'Linux Kernel Module Injection Detected',
    does: 'perl -e \'my $none = ""; syscall(175, 0, 0, $none)\'',
    run: ['--cap-add', 'SYS_MODULE', '--security-opt', 'seccomp=unconfined'],
    almost: "perl -e 'syscall(39)'",
  },
  {
    rule: 'Disallowed SSH Connection Non Standard Port',
    does: `cp /usr/bin/perl /tmp/ssh; /tmp/ssh -e 'socket(S,2,2049,0); connect(S,pack("S n C4 x8",2,443,198,51,100,1));'`,
    almost: tcp('443,198,51,100,1'),
  },
  { rule: 'Unexpected K8s NodePort Connection', does: tcp('30001,198,51,100,1'), almost: tcp('29999,198,51,100,1') },
  { rule: 'Unexpected UDP Traffic', does: udp('9999,198,51,100,1'), almost: udp('53,198,51,100,1') },
]

function reasonToSkip(): string | false {
  if (process.getuid?.() !== 0) return 'needs root'
  if (process.arch !== 'x64') return 'needs x86-64 (numbers of system calls)'
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF'
  if (!existsSync('/usr/bin/perl')) return 'needs perl'
  if (corpus === undefined) return 'needs the corpus with the stock rules (JENNER_CORPUS)'
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
}

let watch: ChildProcess | undefined
const alerts: Alert[] = []

before(async () => {
  if (skip !== false || corpus === undefined) return
  const files = readdirSync(corpus)
    .filter(file => file.endsWith('.yaml'))
    .map(file => join(corpus, file))
  const { rules } = loadRules(files.map(file => readFileSync(file, 'utf8')))
  const enable = rules.map(
    ({ name }) => `- rule: ${JSON.stringify(name)}\n  enabled: true\n  override: {enabled: replace}\n`,
  )
  const enabled = join(base, 'enable.yaml')
  writeFileSync(enabled, enable.join(''))
  buildImage(image)
  const words = ['watch', ...[...files, enabled].flatMap(file => ['-r', file]), '-f', 'json', '--lang', 'en']
  const child = spawn(join(root, 'jenner'), words, { cwd: base, stdio: ['ignore', 'pipe', 'pipe'] })
  watch = child
  let rest = ''
  child.stdout.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    alerts.push(...lines.map(line => JSON.parse(line) as Alert))
  })
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => chunk.includes('Watching') && resolve())
    child.once('exit', () => reject(new Error('the sensor did not start')))
  })
})

after(() => {
  watch?.kill('SIGKILL')
  if (skip === false) spawnSync('docker', ['rmi', '-f', image], { stdio: 'ignore' })
  rmSync(base, { recursive: true, force: true })
})

let number = 0

/** Names of the rules that a shell command in a fresh container fires; undefined where this machine cannot run such a container. */
async function fired(does: string, run: string[] = []): Promise<Set<string> | undefined> {
  const name = `jenner-e2e-stock-${process.pid}-${++number}`
  const words = ['run', '--rm', '--name', name, ...run, image, 'sh', '-c', `${does}\nsleep 0.1`]
  const child = spawn('docker', words, { stdio: 'ignore' })
  const status = await new Promise(resolve => child.once('exit', resolve))
  await new Promise(resolve => setTimeout(resolve, 150))
  if (status === 125) return undefined
  return new Set(alerts.filter(({ container }) => container?.name === name).map(({ rule }) => rule))
}

for (const { rule, does, almost, run } of acts) {
  test(`stock rule: ${rule}`, { skip }, async context => {
    const rules = await fired(does, run)
    if (rules === undefined) return context.skip(`this machine cannot run a container with ${run?.join(' ')}`)
    assert.ok(rules.has(rule), `fired: ${[...rules].join(', ')}`)
    if (almost !== undefined) assert.ok(!(await fired(almost))?.has(rule), 'the near miss fired it too')
  })
}
