import assert from 'node:assert/strict'
import { test } from 'node:test'
import { someEvent, someProcess } from '../fields/testing.ts'
import { libraryTexts } from '../rules/library.ts'
import { loadRules } from '../rules/loader/load.ts'
import { createJudge, type JudgeMessage } from './judge.ts'

const rules = [
  {
    name: 'test.yaml',
    content: `
- rule: Shell
  desc: d
  condition: evt.type = execve and proc.name in (sh, bash)
  output: A shell ran | command=%proc.cmdline user=%user.name parent=%proc.pname image=%container.image.repository env=%proc.env
  priority: WARNING
  tags: [container, T1059]
- rule: Any program
  desc: d
  condition: evt.type = execve
  output: program %proc.exepath
  priority: DEBUG
- rule: Reads
  desc: d
  condition: evt.type = openat and fd.name startswith /etc/
  output: read %fd.name
  priority: NOTICE
`,
  },
]

function judgeAll(events: ReturnType<typeof someEvent>[], ticks: number[] = []) {
  const messages: JudgeMessage[] = []
  const judge = createJudge(
    { rules: loadRules(rules).rules, hostname: 'h', flood: { burst: 3, perMinute: 1 } },
    message => messages.push(message),
  )
  for (const event of events) judge.onEvent(event)
  for (const tick of ticks) judge.onTick(tick)
  const alerts = messages.flatMap(message => (message.kind === 'alert' ? [message.alert] : []))
  return { judge, messages, alerts }
}

const secret = 'hunter-two'

test('an alert is Falco’s JSON event form, with container and incident beside', () => {
  const process = someProcess({ args: ['-c', `mysql -p${secret}`], env: [`DB_PASSWORD=${secret} x`, 'HOME=/'] })
  const { alerts } = judgeAll([someEvent('execve', { process })])
  const [shell, any] = alerts
  assert.equal(alerts.length, 2)
  assert.equal(any?.rule, 'Any program')
  assert.equal(any?.priority, 'Debug')
  assert.ok(shell)
  const { time, output, output_fields, incident, ...rest } = shell
  assert.equal(time, '2023-11-14T22:13:25.000000000Z')
  assert.match(
    output,
    /^\d\d:13:25\.000000000: Warning A shell ran \| command=sh -c mysql -p\*\*\* user=root parent=<NA> image=registry\.example\/shop\/web env=DB_PASSWORD=\*\*\* HOME=\/ container_id=c0ffeec0ffee container_name=shop-web-1 container_image_tag=1\.25$/,
  )
  assert.deepEqual(output_fields, {
    'evt.time': 1_700_000_005_000_000_000,
    'proc.cmdline': 'sh -c mysql -p***',
    'user.name': 'root',
    'proc.pname': null,
    'container.image.repository': 'registry.example/shop/web',
    'proc.env': 'DB_PASSWORD=*** HOME=/',
    'container.id': 'c0ffeec0ffee',
    'container.name': 'shop-web-1',
    'container.image.tag': '1.25',
    'k8s.ns.name': null,
    'k8s.pod.name': null,
  })
  assert.match(incident ?? '', /^[0-9a-f]{12}$/)
  assert.deepEqual(rest, {
    rule: 'Shell',
    priority: 'Warning',
    source: 'syscall',
    hostname: 'h',
    tags: ['container', 'T1059'],
    container: {
      id: 'c0ffee'.repeat(10).padEnd(64, '0'),
      name: 'shop-web-1',
      image: 'registry.example/shop/web:1.25',
      imageId: `sha256:${'ab'.repeat(32)}`,
    },
  })
  assert.ok(!JSON.stringify(alerts).includes(secret))
})

test('rules judge the raw value, whatever is shown', () => {
  const content = `- {rule: R, desc: d, condition: 'evt.type=execve and proc.cmdline contains ${secret}', output: '%proc.cmdline', priority: INFO}`
  const messages: JudgeMessage[] = []
  const judge = createJudge({ rules: loadRules([{ name: 'r', content }]).rules }, message => messages.push(message))
  judge.onEvent(someEvent('execve', { process: someProcess({ args: [`--password=${secret}`] }) }))
  assert.equal(messages.length, 1)
  assert.ok(!JSON.stringify(messages).includes(secret))
})

test('a flood of one rule hides nothing else, and is counted', () => {
  const open = someEvent('openat', { fd: { num: 3, typechar: 'f', name: '/etc/hosts' } })
  const events = [
    ...Array.from({ length: 5000 }, () => open),
    someEvent('execve'),
    ...Array.from({ length: 5000 }, () => open),
  ]
  const { judge, alerts, messages } = judgeAll(events, [Date.now() + 60_000])
  assert.equal(alerts.filter(({ rule }) => rule === 'Reads').length, 4)
  assert.equal(alerts.filter(({ rule }) => rule === 'Shell').length, 1)
  assert.deepEqual(
    messages.filter(({ kind }) => kind === 'held'),
    [{ kind: 'held', rows: [{ rule: 'Reads', workload: 'shop-web-1', count: 9996 }] }],
  )
  const reads = judge.incidents().find(({ rule }) => rule === 'Reads')
  assert.equal(reads?.count, 10_000)
  assert.deepEqual(judge.counts()[0], { rule: 'Reads', count: 10_000 })
})

test('events that no rule is for are not wanted', () => {
  const { judge } = judgeAll([])
  assert.equal(judge.wants('close'), false)
  assert.equal(judge.wants('execve'), true)
})

test('our own library loads without a word and makes a judge', () => {
  const { rules, errors, warnings } = loadRules(libraryTexts())
  assert.deepEqual([errors, warnings], [[], []])
  const judge = createJudge({ rules }, () => {})
  assert.equal(judge.wants('execve'), true)
})

test('an event that cannot be judged is told once, and stops nothing', () => {
  const broken = { ...someEvent('execve'), process: null } as never
  const { messages, alerts } = judgeAll([broken, broken, someEvent('execve')])
  assert.equal(messages.filter(({ kind }) => kind === 'fault').length, 1)
  assert.equal(alerts.length, 2)
})
