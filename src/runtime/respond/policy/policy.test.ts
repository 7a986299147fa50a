import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Alert } from '../../../base/model/runtime.ts'
import { decide } from './decide.ts'
import { parsePolicy } from './parse.ts'

const good = `enabled: true
protect: { names: ['db-*'], labels: [tier=core] }
playbooks:
  - name: cut
    when: { rules: ['*shell*'], severity: critical }
    steps: [evidence, isolate]
    for: 1h30m
    max: 2
  - name: freeze
    when: { tags: [container_escape] }
    steps: [pause]
    allow: [10.0.0.1]
`

test('a policy is read whole', () => {
  const { policy, problems } = parsePolicy(good)
  assert.deepEqual(problems, [])
  assert.equal(policy.enabled, true)
  assert.deepEqual(policy.protect, { names: ['db-*'], labels: ['tier=core'] })
  assert.deepEqual(policy.playbooks, [
    {
      name: 'cut',
      when: { rules: ['*shell*'], severity: 'critical' },
      steps: ['evidence', 'isolate'],
      for: 5_400_000,
      allow: [],
      max: 2,
    },
    { name: 'freeze', when: { tags: ['container_escape'] }, steps: ['pause'], allow: ['10.0.0.1'], max: 5 },
  ])
})

const faults: [text: string, place: string, message: RegExp][] = [
  ['', '', /^$/],
  ['enabled: maybe', '1:10', /true or false/],
  ['playbook: []', '1:1', /unknown key playbook/],
  ['playbooks: {}', '1:12', /a list/],
  ['playbooks:\n  - name: a\n    when: { tags: [x] }\n    steps: [explode]', '4:13', /explode is none of observe/],
  ['playbooks:\n  - name: a\n    when: {}\n    steps: [pause]', '3:11', /every alert/],
  ['playbooks:\n  - when: { tags: [x] }\n    steps: [pause]', '2:5', /name is missing/],
  ['playbooks:\n  - { name: a, when: { severity: bad }, steps: [pause] }', '2:34', /bad is none of emergency/],
  ['playbooks:\n  - { name: a, when: { tags: [x] }, steps: [pause], for: soon }', '2:58', /a time/],
  ['playbooks:\n  - { name: a, when: { tags: [x] }, steps: [], max: -1 }', '2:44', /steps is empty/],
  ['playbooks:\n  - { name: a, when: { tags: [x] }, steps: [isolate], allow: [x] }', '2:63', /--allow x/],
  ['protect: { names: [1] }', '1:20', /a text/],
  ['a: [', '1:5', /./],
  ['- 1', '1:1', /a mapping/],
]

for (const [text, place, message] of faults) {
  test(`fault: ${text.replaceAll('\n', ' ')}`, () => {
    const [first] = parsePolicy(text).problems
    assert.equal(first === undefined ? '' : `${first.line}:${first.column}`, place)
    assert.match(first?.message ?? '', message)
  })
}

const alert = (rule: string, priority: string, tags: string[], inContainer = true): Alert => ({
  time: '',
  rule,
  priority,
  source: 'syscall',
  output: '',
  output_fields: {},
  hostname: '',
  tags,
  ...(inContainer ? { container: { id: 'c', name: '', image: '', imageId: '' } } : {}),
})

test('the first playbook that applies decides, within its limit', () => {
  const { policy } = parsePolicy(good)
  const hour = 3_600_000
  const none = new Map<string, number[]>()
  const name = (of: Alert): string | undefined => decide(of, policy, none, hour)?.playbook.name
  assert.equal(name(alert('Reverse shell found', 'Critical', ['container_escape'])), 'cut')
  assert.equal(name(alert('Reverse shell found', 'Emergency', [])), 'cut')
  assert.equal(name(alert('Reverse shell found', 'Warning', ['container_escape'])), 'freeze')
  assert.equal(name(alert('Other', 'Critical', [])), undefined)
  assert.equal(name(alert('Reverse shell found', 'Critical', [], false)), undefined)
  const mode = (times: number[]): string | undefined =>
    decide(alert('a shell', 'Critical', []), policy, new Map([['cut', times]]), 2 * hour)?.mode
  assert.equal(mode([hour + 1, hour + 2]), 'limited')
  assert.equal(mode([hour - 1, hour + 2]), 'run')
  assert.equal(decide(alert('a shell', 'Critical', []), { ...policy, enabled: false }, none, hour)?.mode, 'dry-run')
})
