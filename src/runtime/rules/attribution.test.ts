import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAttribution } from './attribution.ts'
import { objectFields } from './loader/compile.ts'
import { loadRules } from './loader/load.ts'

const set = loadRules(`
- list: tools
  items: [cat, head]
- rule: R
  desc: d
  condition: evt.type = open
  output: o
  priority: INFO
  exceptions:
    - name: by_hand
      fields: [proc.name, fd.name]
      comps: [in, startswith]
      values:
        - [tools, /etc/]
        - [[vi, nano], /root/]
    - name: users
      fields: user.name
      values: [alice, bob]
`)

const cases: [event: Record<string, unknown>, found: [string, string] | undefined][] = [
  [{ 'proc.name': 'head', 'fd.name': '/etc/x' }, ['by_hand', '(proc.name in (tools) and fd.name startswith /etc/)']],
  [
    { 'proc.name': 'nano', 'fd.name': '/root/x' },
    ['by_hand', '(proc.name in (vi, nano) and fd.name startswith /root/)'],
  ],
  [{ 'proc.name': 'x', 'user.name': 'bob' }, ['users', 'user.name in (bob)']],
  [{ 'proc.name': 'x', 'user.name': 'eve' }, undefined],
]
for (const [event, found] of cases)
  test(`${JSON.stringify(event)} is hidden by ${found?.[0] ?? 'nothing'}`, () => {
    assert.deepEqual(set.errors, [])
    const row = createAttribution(set, objectFields('syscall'))('R', event)
    assert.deepEqual(row, found && { exception: found[0], row: found[1] })
  })
