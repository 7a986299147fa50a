import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatOutput, parseOutput } from '../output.ts'
import { loadRules } from './load.ts'

const base = `
- list: shells
  items: [bash, sh]
- list: all
  items: [shells, 'my prog', zsh]
- list: nothing
  items: []
- macro: spawned
  condition: evt.type in (execve, execveat)
- rule: r
  desc: a rule
  condition: spawned and proc.name in (all)
  output: "%proc.name ran %proc.args in %container.id"
  priority: warning
  tags: [one]
`

function load(more = '') {
  return loadRules(base + more)
}

test('lists inside lists, macros and priorities resolve', () => {
  const { rules, errors } = load()
  assert.deepEqual(errors, [])
  assert.equal(rules[0]!.priority, 'WARNING')
  for (const [name, hit] of [
    ['bash', true],
    ['my prog', true],
    ['zsh', true],
    ['ls', false],
  ] as const) {
    assert.equal(rules[0]!.matches({ 'evt.type': 'execve', 'proc.name': name }), hit, name)
  }
})

const goodRows: [title: string, yaml: string, event: Record<string, unknown>, matches: boolean][] = [
  [
    'append to a list',
    '- list: shells\n  items: [fish]\n  override:\n    items: append\n',
    { 'proc.name': 'fish' },
    true,
  ],
  [
    'replace a list',
    '- list: shells\n  items: [fish]\n  override:\n    items: replace\n',
    { 'proc.name': 'bash' },
    false,
  ],
  [
    'append to a condition',
    '- rule: r\n  condition: and proc.args = x\n  override:\n    condition: append\n',
    { 'proc.name': 'bash', 'proc.args': 'y' },
    false,
  ],
  [
    'append the older way',
    '- rule: r\n  condition: or proc.name = odd\n  append: true\n',
    { 'proc.name': 'odd' },
    true,
  ],
  [
    'exceptions of rows',
    '- rule: r\n  exceptions:\n    - name: e\n      fields: [proc.name, proc.args]\n      comps: [=, contains]\n      values:\n        - [bash, deploy]\n  override:\n    exceptions: append\n',
    { 'proc.name': 'bash', 'proc.args': 'a deploy' },
    false,
  ],
  [
    'exceptions of a single field',
    '- rule: r\n  exceptions:\n    - name: e\n      fields: proc.name\n      comps: in\n      values: [bash, sh]\n  override:\n    exceptions: append\n',
    { 'proc.name': 'sh' },
    false,
  ],
]
for (const [title, yaml, event, expected] of goodRows) {
  test(title, () => {
    const { rules, errors } = load(yaml)
    assert.deepEqual(errors, [])
    assert.equal(rules[0]!.matches({ 'evt.type': 'execve', ...event }), expected)
  })
}

test('an empty list takes its comma along', () => {
  const { rules, errors } = load(
    '- rule: e\n  desc: d\n  condition: evt.type = open and proc.name in (nothing, a, nothing)\n  output: o\n  priority: INFO\n',
  )
  assert.deepEqual(errors, [])
  assert.equal(rules[1]!.matches({ 'evt.type': 'open', 'proc.name': 'a' }), true)
})

const rule = (fields: string) =>
  `- rule: x\n  desc: d\n  condition: evt.type = open\n  output: o\n  priority: INFO\n${fields}`
const errorRows: [title: string, yaml: string, code: string, item: string][] = [
  ['YAML that does not parse', 'a: [', 'LOAD_ERR_YAML_PARSE', ''],
  ['not a sequence', 'a: b', 'LOAD_ERR_YAML_VALIDATE', ''],
  ['an item that is no map', '- text', 'LOAD_ERR_YAML_VALIDATE', ''],
  ['an empty name', '- macro:\n  condition: a', 'LOAD_ERR_YAML_VALIDATE', ''],
  ['no condition', '- macro: m', 'LOAD_ERR_YAML_VALIDATE', 'm'],
  ['an unknown priority', rule('').replace('INFO', 'LOUD'), 'LOAD_ERR_YAML_VALIDATE', 'x'],
  ['an unknown macro', rule('').replace('evt.type = open', 'nope'), 'LOAD_ERR_VALIDATE', 'x'],
  [
    'a macro in itself',
    '- macro: m\n  condition: evt.type = open\n- macro: m\n  condition: or m\n  append: true',
    'LOAD_ERR_VALIDATE',
    'm',
  ],
  ['a condition that does not parse', rule('').replace('= open', '='), 'LOAD_ERR_COMPILE_CONDITION', 'x'],
  ['an unknown field', rule('').replace('= open', '= open and proc.nobody = 1'), 'LOAD_ERR_COMPILE_CONDITION', 'x'],
  [
    'an unknown field in the output',
    rule('').replace('output: o', 'output: "%proc.nobody"'),
    'LOAD_ERR_COMPILE_OUTPUT',
    'x',
  ],
  ['append to nothing', '- rule: gone\n  condition: and a\n  append: true', 'LOAD_ERR_VALIDATE', 'gone'],
  ['a list appended to nothing', '- list: gone\n  items: [a]\n  append: true', 'LOAD_ERR_VALIDATE', 'gone'],
  ['a macro appended to nothing', '- macro: gone\n  condition: or a\n  append: true', 'LOAD_ERR_VALIDATE', 'gone'],
  ['nothing switched off', '- rule: gone\n  enabled: false', 'LOAD_ERR_VALIDATE', 'gone'],
  [
    'an unknown operator of an exception',
    rule('  exceptions:\n    - {name: e, fields: [proc.name], comps: [like]}\n'),
    'LOAD_ERR_VALIDATE',
    'e',
  ],
  [
    'an unknown field of an exception',
    rule('  exceptions:\n    - {name: e, fields: [proc.nobody]}\n'),
    'LOAD_ERR_VALIDATE',
    'e',
  ],
  [
    'a plugin of no version',
    '- required_plugin_versions:\n    - name: okta\n      version: new',
    'LOAD_ERR_VALIDATE',
    '',
  ],
  [
    'a key without an override entry',
    `${rule('')}- rule: x\n  desc: e\n  priority: INFO\n  override:\n    desc: append\n`,
    'LOAD_ERR_YAML_VALIDATE',
    'x',
  ],
  ['an engine of tomorrow', '- required_engine_version: 99.0.0', 'LOAD_ERR_VALIDATE', ''],
  [
    'a plugin we have not',
    '- required_plugin_versions:\n    - name: okta\n      version: 0.1.0',
    'LOAD_ERR_VALIDATE',
    'okta',
  ],
  [
    'rows of the wrong width',
    rule('  exceptions:\n    - name: e\n      fields: [proc.name, fd.name]\n      values:\n        - [a]\n'),
    'LOAD_ERR_VALIDATE',
    'e',
  ],
]
for (const [title, yaml, code, item] of errorRows) {
  test(`error: ${title}`, () => {
    const { errors } = loadRules(yaml)
    assert.deepEqual([errors[0]?.code, errors[0]?.item_name], [code, item], JSON.stringify(errors))
    assert.ok(errors[0]!.line >= 1)
  })
}

test('one bad rule does not take the good ones with it', () => {
  const { rules, errors } = load(rule('').replace('= open', '='))
  assert.deepEqual([rules.length, errors.length], [1, 1])
})

const warningRows: [title: string, yaml: string, code: string][] = [
  ['unknown item', '- something: else', 'LOAD_UNKNOWN_ITEM'],
  ['unknown key', rule('  colour: red\n'), 'LOAD_UNKNOWN_KEY'],
  ['unknown source', rule('  source: okta\n'), 'LOAD_UNKNOWN_SOURCE'],
  ['no event type', rule('').replace('evt.type = open', 'proc.name = a'), 'LOAD_NO_EVTTYPE'],
  [
    'a rule that is skipped for an unknown field',
    rule('  skip-if-unknown-filter: true\n').replace('= open', '= open and proc.nobody = 1'),
    'LOAD_UNKNOWN_FILTER',
  ],
  ['an unused macro', '- macro: m\n  condition: evt.type = open', 'LOAD_UNUSED_MACRO'],
  ['an unused list', '- list: l\n  items: []', 'LOAD_UNUSED_LIST'],
  [
    'a text that looks like a field',
    rule('').replace('= open', '= open and proc.name = proc.pname'),
    'LOAD_COMPILE_CONDITION',
  ],
  ['a field that is no more', rule('').replace('= open', '= open and evt.dir = <'), 'LOAD_DEPRECATED_ITEM'],
  ['such a field in a function', rule('').replace('= open', '= open and tolower(evt.dir) = x'), 'LOAD_DEPRECATED_ITEM'],
  ['such a field in the output', rule('').replace('output: o', 'output: "%evt.latency.ns"'), 'LOAD_DEPRECATED_ITEM'],
]
for (const [title, yaml, code] of warningRows) {
  test(`warning: ${title}`, () => {
    const { warnings, errors } = loadRules(yaml)
    assert.deepEqual(errors, [])
    assert.ok(
      warnings.some(warning => warning.code === code),
      JSON.stringify(warnings),
    )
  })
}

test('a k8s_audit rule compiles over its own fields', () => {
  const { rules, errors } = loadRules(
    '- rule: k\n  desc: d\n  source: k8s_audit\n  condition: ka.verb = create and jevt.value[/objectRef/resource] = pods\n  output: "%ka.user.name"\n  priority: INFO\n',
  )
  assert.deepEqual(errors, [])
  assert.equal(rules[0]!.matches({ 'ka.verb': 'create', 'jevt.value[/objectRef/resource]': 'pods' }), true)
})

test('a billion laughs is refused', () => {
  const laughs = [
    '- &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghij'.split('').map((name, index) => `- &${name} [${`*${'abcdefghij'[index]},`.repeat(9)}]`),
  ].join('\n')
  const { errors } = loadRules(laughs)
  assert.ok(errors.length > 0)
})

test('outputs fill fields, with and without arguments', () => {
  const parts = parseOutput('%proc.name by %proc.aname[2] (%evt.arg.flags)', 'syscall')
  const read = (name: string, argument?: string) =>
    ({ 'proc.name': 'sh', 'proc.aname2': 'sshd' })[`${name}${argument ?? ''}`]
  assert.equal(formatOutput(parts, read), 'sh by sshd (<NA>)')
})

for (const output of ['100%', '100%% of it', '%nobody', 'a % b'])
  test(`a % that begins no field is an error: ${output}`, () => assert.throws(() => parseOutput(output, 'syscall')))

test('an item that is none, and a list that lost itself in a macro', () => {
  const codes = (text: string) => loadRules(text).errors.map(({ code, item_type }) => [code, item_type])
  assert.deepEqual(codes('- x\n'), [['LOAD_ERR_YAML_VALIDATE', 'rules content item']])
  const lost =
    '- list: a\n  items: [open]\n- list: b\n  items: [a]\n- list: a\n  items: [b]\n- macro: m\n  condition: evt.type in (a)\n'
  assert.deepEqual(codes(lost), [['LOAD_ERR_COMPILE_CONDITION', 'macro']])
})

test('macros and lists that double with every step are refused, not put in place', () => {
  const doubling = (first: string, step: (at: number) => string) =>
    [first, ...Array.from({ length: 40 }, (_, at) => step(at))].join('')
  const macros = doubling(
    '- macro: m0\n  condition: evt.type = open\n',
    at => `- macro: m${at + 1}\n  condition: m${at} or m${at}\n`,
  )
  const lists = doubling('- list: l0\n  items: [a, b]\n', at => `- list: l${at + 1}\n  items: [l${at}, l${at}]\n`)
  for (const text of [macros, lists]) {
    const { errors } = loadRules(text)
    assert.equal(errors[0]?.code, 'LOAD_ERR_VALIDATE')
    assert.match(errors[0].message, /more than \d+ /)
  }
  const wide = `- list: wide\n  items: [${Array.from({ length: 10_000 }, (_, at) => `item${at}`).join(', ')}]\n`
  const often = rule('').replace('= open', `= open and proc.name in (${Array(10_000).fill('wide').join(', ')})`)
  assert.match(loadRules(wide + often).errors[0]?.message ?? '', /longer than 1 MiB/)
})
