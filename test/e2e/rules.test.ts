import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'jenner-rules-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function put(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

function jenner(...words: string[]) {
  const env = { PATH: process.env.PATH, HOME: folder }
  return spawnSync(process.execPath, [main, 'rules', 'test', ...words, '-f', 'json'], {
    encoding: 'utf8',
    env,
    timeout: 60_000,
  })
}

const shell = put(
  'shell.yaml',
  `
- rule: Shell
  desc: d
  condition: evt.type = execve and proc.name in (sh, bash)
  output: o
  priority: WARNING
`,
)
const events = put(
  'events.jsonl',
  [
    { 'evt.type': 'execve', 'proc.name': 'sh', 'proc.pname': 'cron' },
    { 'evt.type': 'execve', 'proc.name': 'sh', 'proc.pname': 'nginx' },
    { rule: 'Old', output_fields: { 'evt.type': 'execve', 'proc.name': 'bash', 'proc.pname': 'cron' } },
    { 'evt.type': 'openat', 'proc.name': 'sh' },
  ]
    .map(event => JSON.stringify(event))
    .join('\n'),
)

test('what exceptions would have hidden is counted, with and without an override', () => {
  const rows =
    '  exceptions:\n    - name: jobs\n      fields: [proc.name, proc.pname]\n      comps: [=, =]\n      values:\n        - [sh, cron]\n'
  const bare = put('bare.yaml', `- rule: Shell\n${rows}`)
  const whole = put('whole.yaml', `- rule: Shell\n${rows}  override:\n    exceptions: append\n`)
  for (const exception of [bare, whole]) {
    const { status, stdout, stderr } = jenner(shell, '--against', events, '--exception', exception)
    assert.equal(status, 0, stderr)
    const hiddenBy = [{ exception: 'jobs', row: '(proc.name = sh and proc.pname = cron)', count: 1 }]
    const rules = [{ rule: 'Shell', count: 3, hidden: 1, hiddenBy }]
    assert.deepEqual(JSON.parse(stdout), { events: 4, unreadable: 0, rules })
  }
})

test('without exceptions only matches are counted; a line that cannot be read makes it incomplete', () => {
  const broken = put('broken.jsonl', '{"evt.type":"execve","proc.name":"sh"}\n{"evt\n')
  const { status, stdout } = jenner(shell, '--against', broken)
  assert.equal(status, 3)
  assert.deepEqual(JSON.parse(stdout), { events: 1, unreadable: 1, rules: [{ rule: 'Shell', count: 1 }] })
})

test('exceptions that do not load are an error of usage', () => {
  const wrong = put(
    'wrong.yaml',
    '- rule: Nobody\n  exceptions:\n    - name: e\n      fields: [proc.name]\n      values: [[a]]\n',
  )
  const { status, stderr } = jenner(shell, '--against', events, '--exception', wrong)
  assert.equal(status, 4)
  assert.match(stderr, /wrong\.yaml/)
})

test('audit events of Kubernetes are judged with --source k8s_audit', () => {
  const rules = put(
    'audit.yaml',
    `
- rule: Exec
  desc: d
  condition: ka.target.subresource in (exec, attach) and jevt.value[/user/username] = mallory
  output: "%ka.user.name"
  priority: NOTICE
  source: k8s_audit
`,
  )
  const event = (subresource: string) => ({
    user: { username: 'mallory' },
    objectRef: { resource: 'pods', subresource },
  })
  const audit = put(
    'audit.jsonl',
    [event('exec'), event('log'), { kind: 'EventList', items: [event('attach')] }]
      .map(line => JSON.stringify(line))
      .join('\n'),
  )
  const { status, stdout, stderr } = jenner(rules, '--against', audit, '--source', 'k8s_audit')
  assert.equal(status, 0, stderr)
  assert.deepEqual(JSON.parse(stdout), { events: 3, unreadable: 0, rules: [{ rule: 'Exec', count: 2 }] })
  assert.equal(jenner(rules, '--against', audit, '--source', 'nothing').status, 4)
})

test('without a file, our own library is listed', () => {
  const env = { PATH: process.env.PATH, HOME: folder }
  const words = [main, 'rules', 'list', '-f', 'json']
  const { status, stdout } = spawnSync(process.execPath, words, { encoding: 'utf8', env, timeout: 60_000 })
  assert.equal(status, 0)
  const rules = JSON.parse(stdout) as { name: string }[]
  assert.ok(rules.length > 100 && rules.some(({ name }) => name === 'Terminal shell in container'))
})
