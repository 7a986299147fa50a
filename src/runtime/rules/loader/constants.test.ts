import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadRules } from './load.ts'

const rule = (condition: string, more = '') =>
  `- rule: r\n  desc: d\n  condition: ${JSON.stringify(`evt.type = open and ${condition}`)}\n  output: o\n  priority: INFO\n${more}`

for (const condition of [
  'fd.num >= 0',
  'fd.num = -1',
  'fd.sport = 0x50',
  'fd.sport in (22, 443)',
  'evt.is_open_read = true',
  'fd.sip = 1.2.3.4',
  'fd.sip in (1.2.3.4, "fe80::1")',
  'fd.net in ("10.0.0.0/8", 192.168.0.0/255.255.0.0)',
  'fd.snet = fe80::/10',
  'proc.name = 1.2.3.999',
  'evt.arg.uid = root',
  'proc.name = val(proc.pname)',
])
  test(`taken: ${condition}`, () => assert.deepEqual(loadRules(rule(condition)).errors, []))

for (const [condition, named] of [
  ['fd.num = abc', /number abc/],
  ['fd.num in (1, x)', /number x/],
  ['evt.is_open_read = maybe', /boolean value maybe/],
  ['fd.sip = 1.2.3.999', /IP address 1\.2\.3\.999/],
  ['fd.net in (10.0.0.0/33)', /IP address/],
  ['fd.snet = hosts', /IP address/],
] as const)
  test(`refused, not taken for one that never holds: ${condition}`, () => {
    const [error] = loadRules(rule(condition)).errors
    assert.equal(error?.code, 'LOAD_ERR_COMPILE_CONDITION')
    assert.match(error.message, named)
  })

test('aliases of YAML are read; what they repeat without measure is refused', () => {
  const { errors, rules } = loadRules(
    `- list: a\n  items: &x [cat, head]\n- list: b\n  items: *x\n${rule('proc.name in (b)')}`,
  )
  assert.deepEqual(errors, [])
  assert.equal(rules[0]?.matches({ 'evt.type': 'open', 'proc.name': 'head' } as never), true)
  const levels = Array.from({ length: 9 }, (_, index) => `  k${index}: &l${index} [${`*l${index - 1},`.repeat(9)}]`)
  const bomb = `- list: a\n  items: [x]\n  k: &l-1 [x,x,x,x,x,x,x,x,x]\n${levels.join('\n')}\n`.replaceAll('l-1', 'l')
  assert.equal(loadRules(bomb.replaceAll('*l,', '*l,')).errors.length, 1)
})

for (const [what, text] of [
  ['a switch that is neither on nor off', rule('proc.name = a', '  enabled: maybe\n')],
  ['a list without a sequence', '- list: l\n  items:\n'],
  ['a version that is none', '- required_plugin_versions:\n    - name: k8saudit\n      version: abc\n'],
] as const)
  test(`refused: ${what}`, () => assert.equal(loadRules(text).errors.length, 1))
