import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCondition } from './condition/parse.ts'
import { compileCondition, createEngine, matches } from './engine.ts'
import { eventTypesOf, hasType, listedTypes } from './event-types.ts'
import { loadRules } from './loader/load.ts'

const event = {
  'evt.type': 'execve',
  'evt.rawres': 0,
  'evt.arg.flags': 'EXE_WRITABLE|EXE_UPPER_LAYER',
  'proc.name': 'bash',
  'proc.args': '-c ls',
  'proc.aname': ['sh', 'nginx'],
  'proc.aname[2]': 'nginx',
  'proc.tty': 34816,
  'proc.is_exe_upper_layer': true,
  'fd.name': '/etc/shadow',
  'fd.sip': '10.1.2.3',
  'fd.snet': '10.1.2.3',
  'fd.sport': 443,
  'evt.buffer': Buffer.from([0x7f, 0x45, 0x4c, 0x46]),
}

const rows: [condition: string, result: boolean][] = [
  ['proc.name = bash', true],
  ['proc.name == BASH', false],
  ['proc.name != zsh', true],
  ['proc.name in (sh, bash)', true],
  ['proc.name startswith ba and proc.args contains ls', true],
  ['proc.name icontains AS', true],
  ['proc.name glob "b*h"', true],
  ['proc.name iglob "B?SH"', true],
  ['proc.name regex "ba.*"', true],
  ['proc.name regex "a"', false],
  ['fd.name pmatch (/etc, /var)', true],
  ['fd.name pmatch (/et)', false],
  ['fd.name pmatch (/e*/shadow)', true],
  ['proc.tty != 0', true],
  ['proc.tty > 0x100', true],
  ['evt.rawres >= 0', true],
  ['fd.sport in (80, 443)', true],
  ['fd.sport = 443', true],
  ['fd.snet in (10.0.0.0/8)', true],
  ['fd.sip = 10.1.2.3', true],
  ['fd.snet = 192.168.0.0/16', false],
  ['proc.is_exe_upper_layer = true', true],
  ['proc.is_exe_upper_layer=false', false],
  ['proc.aname = nginx', true],
  ['proc.aname[2] in (nginx, apache)', true],
  ['proc.aname[7] = nginx', false],
  ['evt.arg.flags contains EXE_UPPER_LAYER', true],
  ['evt.buffer bstartswith 7f454c46', true],
  ['evt.buffer contains ELF', true],
  ['len(proc.name) = 4', true],
  ['toupper(proc.name) = BASH', true],
  ['basename(fd.name) = shadow', true],
  ['proc.name = val(proc.pname)', false],
  ['proc.pname = x', false],
  ['proc.pname != x', false],
  ['not proc.pname = x', true],
  ['proc.pname exists', false],
  ['proc.name exists', true],
]
for (const [condition, result] of rows)
  test(`${condition} is ${result}`, () => assert.equal(matches(compileCondition(condition), event), result))

test('unknown fields and expressions that RE2 refuses are errors, not false', () => {
  assert.throws(() => compileCondition('proc.nobody = x'), { code: 'malformed' })
  assert.throws(() => compileCondition('proc.name regex "(a)\\\\1"'), { code: 'malformed' })
})

test('an expression that drives backtracking engines mad answers at once', () => {
  const condition = compileCondition('proc.args regex "(a+)+b"')
  const start = performance.now()
  assert.equal(condition.matches({ 'proc.args': 'a'.repeat(5000) }), false)
  assert.ok(performance.now() - start < 2000)
})

const typeRows: [condition: string, types: string[] | undefined][] = [
  ['evt.type = open', ['open']],
  ['evt.type in (open, openat) and proc.name = x', ['open', 'openat']],
  ['evt.type = open or proc.name = x', undefined],
  ['not evt.type = open', undefined],
  ['not (not evt.type = open)', ['open']],
  ['evt.type = open and evt.type = close', []],
  ['evt.num = 0', []],
  ['evt.num = 0 and evt.type = open', []],
  ['evt.type != open and evt.type in (open, close)', ['close']],
]
for (const [condition, types] of typeRows)
  test(`event types of ${condition}`, () =>
    assert.deepEqual(listedTypes(eventTypesOf(parseCondition(condition))), types))

test('all rules that match report, none that is disabled, and only for their event types', () => {
  const { rules, errors } = loadRules(`
- rule: one
  desc: d
  condition: evt.type = execve and proc.name = bash
  output: shell %proc.name
  priority: WARNING
- rule: two
  desc: d
  condition: evt.type in (execve, execveat)
  output: o
  priority: DEBUG
- rule: off
  desc: d
  condition: evt.type = execve
  output: o
  priority: DEBUG
  enabled: false
- rule: other
  desc: d
  condition: evt.type = open
  output: o
  priority: DEBUG
`)
  assert.deepEqual(errors, [])
  const engine = createEngine(rules)
  assert.deepEqual(
    engine.judge('execve', event).map(({ name }) => name),
    ['one', 'two'],
  )
  assert.equal(engine.wants('close'), false)
  assert.ok(hasType(rules[3]!.eventTypes, 'open'))
})
