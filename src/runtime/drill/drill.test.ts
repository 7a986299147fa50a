import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Alert } from '../../base/model/runtime.ts'
import { libraryAreas, loadLibrary } from '../rules/library.ts'
import { passed, type RunOptions, runScenario } from './run.ts'
import { deedScript, lacksMark, type Scenario } from './scenario.ts'
import { scenarios } from './scenarios.ts'

test('every scenario has an id of its own, names a rule of the library, and is told in both languages', () => {
  const rules = new Map(loadLibrary().rules.map(rule => [rule.name, rule]))
  assert.equal(new Set(scenarios.map(({ id }) => id)).size, scenarios.length)
  for (const { id, rule, area, title, technique, act, twin } of scenarios) {
    assert.match(id, /^[a-z-]+$/)
    assert.ok(rules.get(rule)?.tags.includes(`area_${area}`), `${id}: ${rule}`)
    assert.match(technique, /^T\d{4}(\.\d{3})?$/)
    assert.match(title.ko, /[가-힣]/)
    assert.doesNotMatch(title.en, /[가-힣]/)
    assert.notDeepEqual(act, twin)
  }
})

test('every area that needs no Kubernetes has a drill', () => {
  const drilled = new Set(scenarios.map(({ area }) => area))
  for (const { id } of libraryAreas) if (id !== 'k8s_audit') assert.ok(drilled.has(id), id)
})

test('no scenario mounts anything of the host', () => {
  for (const { act, twin } of scenarios)
    for (const option of [...(act.options ?? []), ...(twin.options ?? [])])
      assert.doesNotMatch(option, /^(-v|--volume|--mount|--device|--pid|--network)/)
})

const scenario: Scenario = {
  id: 'x',
  area: 'drift',
  title: { en: 'x', ko: '가' },
  technique: 'T1059',
  rule: 'Wanted',
  tools: ['perl'],
  act: { script: 'act' },
  twin: { script: 'twin' },
  mustBlock: { effect: 'ran' },
}

test('tools are looked for before the deed', () => {
  assert.equal(
    deedScript(scenario, scenario.act),
    `command -v perl >/dev/null 2>&1 || { echo ${lacksMark} perl; exit 0; }\nact\nexit 0`,
  )
})

interface Fake {
  actRules?: string[]
  twinRules?: string[]
  output?: string
  status?: number
  created?: number
  removed?: number
}

/** A machine where the first container raises `actRules` and the second `twinRules`. */
function machine(fake: Fake): RunOptions & { calls: string[][] } {
  let callback: (alert: Alert) => void = () => {}
  const calls: string[][] = []
  let made = 0
  const alert = (rule: string): Alert => ({
    time: new Date().toISOString(),
    rule,
    priority: 'Notice',
    source: 'syscall',
    output: '',
    output_fields: { 'container.id': `${made}`.repeat(12) },
    hostname: '',
    tags: [],
  })
  return {
    calls,
    image: 'image',
    patience: 5,
    watch: {
      block: async id => void calls.push(['block', id]),
      onAlert(given) {
        callback = given
        return () => {}
      },
    },
    async docker(args) {
      calls.push(args)
      if (args[0] === 'create') {
        made++
        return { status: fake.created ?? 0, stdout: `${`${made}`.repeat(64)}\n`, stderr: 'no such image\nmore' }
      }
      if (args[0] === 'start')
        for (const rule of (made === 1 ? fake.actRules : fake.twinRules) ?? []) callback(alert(rule))
      return {
        status: args[0] === 'rm' ? (fake.removed ?? 0) : (fake.status ?? 0),
        stdout: fake.output ?? '',
        stderr: 'trouble',
      }
    },
  }
}

const rows: [name: string, fake: Fake, expected: Partial<Awaited<ReturnType<typeof runScenario>>>, good: boolean][] = [
  [
    'detected and blocked',
    { actRules: ['Other', 'Wanted'] },
    { detected: true, blocked: true, cleanedUp: true, twinAlerted: false, rules: ['Other', 'Wanted'] },
    true,
  ],
  ['detected, not blocked', { actRules: ['Wanted'], output: 'ran' }, { detected: true, blocked: false }, false],
  ['missed', { actRules: ['Other'] }, { detected: false, milliseconds: null }, false],
  ['a twin that alerts', { actRules: ['Wanted'], twinRules: ['Wanted'] }, { detected: true, twinAlerted: true }, false],
  ['an image without the tool', { output: `${lacksMark} perl\n` }, { reason: 'the image has no perl' }, false],
  ['a container that cannot be made', { created: 1 }, { reason: 'no such image', cleanedUp: true }, false],
  ['a container that cannot be started', { status: 127 }, { reason: 'trouble' }, false],
  ['a container that stays', { actRules: ['Wanted'], removed: 1 }, { detected: true, cleanedUp: false }, true],
]
for (const [name, fake, expected, good] of rows) {
  test(`runner: ${name}`, async () => {
    const options = machine(fake)
    const result = await runScenario(scenario, options)
    for (const [key, value] of Object.entries(expected))
      assert.deepEqual(result[key as keyof typeof result], value, key)
    assert.equal(passed(result, scenario, true), good)
    const created = options.calls.filter(([verb]) => verb === 'create')
    for (const args of created) assert.equal(args[args.indexOf('--network') + 1], 'none')
    if (fake.created === undefined) assert.equal(options.calls.filter(([verb]) => verb === 'rm').length, created.length)
  })
}

test('alerts of other containers do not count', async () => {
  const options = machine({})
  const { docker } = options
  const heard: ((alert: Alert) => void)[] = []
  options.watch.onAlert = given => {
    heard.push(given)
    return () => {}
  }
  options.docker = async (args, timeout) => {
    if (args[0] === 'start')
      heard.at(-1)?.({
        time: '',
        rule: 'Wanted',
        priority: '',
        source: '',
        output: '',
        output_fields: { 'container.id': 'ffffffffffff' },
        hostname: '',
        tags: [],
      })
    return docker!(args, timeout)
  }
  assert.equal((await runScenario(scenario, options)).detected, false)
})
