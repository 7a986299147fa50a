import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { createEngine } from '../../../runtime/rules/engine.ts'
import { libraryNotes, libraryTexts } from '../../../runtime/rules/library.ts'
import { loadRules } from '../../../runtime/rules/loader/load.ts'
import { alerts, hello, snapshot } from '../../sample.testing.ts'
import type { AgentConfig, Lease } from '../../schemas/agent.ts'
import type { Page } from '../../schemas/common.ts'
import type { Backtest, Rule, RuleException } from '../../schemas/rules.ts'
import { startTestServer } from '../../testing.ts'

const rule = 'Terminal shell in container'
const path = `/rules/${encodeURIComponent(rule)}`

test('a rule is turned off and on, and agents are told', async () => {
  const server = await startTestServer()
  await server.local('POST', '/agent/hello', hello)
  const before = (await server.local<Rule>('GET', path)).body
  deepEqual([before.enabled, before.origin, before.area], [true, 'library', 'shell'])
  ok(/[가-힣]/.test(before.description.ko))
  equal((await server.local<Rule>('PATCH', path, { enabled: false })).body.enabled, false)
  const { body } = await server.local<{ job: Lease }>('POST', '/agent/jobs/lease', {
    hostId: hello.id,
    kinds: ['rules'],
    wait: 0,
  })
  equal(body.job.kind, 'rules')
  deepEqual((await server.local<AgentConfig>('GET', '/agent/config')).body.disabled, [rule])
  await server.local('PATCH', path, { enabled: true })
  deepEqual((await server.local<AgentConfig>('GET', '/agent/config')).body.disabled, [])
  equal((await server.local('GET', '/rules/none')).status, 404)
})

test('an exception is tried on the past, then holds in the engine as it did there', async () => {
  const server = await startTestServer({ now: () => Date.parse('2026-01-02T12:00:00Z') })
  await server.local('POST', '/agent/hello', hello)
  await server.local('POST', '/agent/snapshot', snapshot())
  await server.local('POST', '/agent/alerts', alerts(12, { incident: 'a' }))
  await server.local('POST', '/agent/alerts', alerts(1, { incident: 'b', from: 1 }))
  const fields = [
    { field: 'proc.name', operator: 'in', value: ['bash', 'zsh'] },
    { field: 'proc.cmdline', operator: 'startswith', value: ['bash 1'] },
  ]
  const tried = (await server.local<Backtest>('POST', '/rules/backtest', { rule, fields })).body
  // 1, 10 and 11 of the first, and the second whole.
  deepEqual([tried.alerts, tried.hidden, tried.incidents, tried.samples.length], [13, 4, 1, 4])
  const made = await server.local<RuleException>('POST', '/rules/exceptions', {
    rule,
    name: 'the keeper',
    fields,
    comment: 'his own shell',
  })
  equal(made.status, 201, made.text)
  const { rules: yaml } = (await server.local<AgentConfig>('GET', '/agent/config')).body
  const loaded = loadRules([...libraryTexts(), { name: 'server', content: yaml }])
  deepEqual(loaded.errors, [])
  const engine = createEngine(loaded.rules)
  const [event] = libraryNotes('shell').get(rule)!.fires
  const judge = (more: object) => {
    const one = { ...event!, ...more } as Record<string, unknown>
    return engine.judge(String(one['evt.type']), one).some(hit => hit.name === rule)
  }
  equal(judge({}), true)
  equal(judge({ 'proc.name': 'bash', 'proc.cmdline': 'bash 12' }), false)
  equal(judge({ 'proc.name': 'bash', 'proc.cmdline': 'bash 2' }), true)
  equal((await server.local('DELETE', `/rules/exceptions/${made.body.id}`)).status, 204)
  equal((await server.local<AgentConfig>('GET', '/agent/config')).body.rules, '')
})

test('what an agent could not load is refused: fields, values with quotes, files', async () => {
  const server = await startTestServer()
  const add = (field: string, value: string[]) =>
    server.local('POST', '/rules/exceptions', {
      rule,
      name: 'x',
      fields: [{ field, operator: '=', value }],
      comment: '',
    })
  equal((await add('proc.nothing', ['x'])).status, 400)
  equal((await add('proc.name) or (evt.num', ['x'])).status, 400)
  equal((await add('proc.cmdline', ['it\'s "quoted" \\ 가\n- rule: x'])).status, 201)
  const { rules: yaml } = (await server.local<AgentConfig>('GET', '/agent/config')).body
  const loaded = loadRules([...libraryTexts(), { name: 'server', content: yaml }])
  deepEqual([loaded.errors, loaded.rules.some(one => one.name === 'x')], [[], false])
  equal((await server.local('PUT', '/rules/files', { name: 'mine.yaml', text: '- rule: [' })).status, 400)
  const text = '- rule: Mine\n  desc: d\n  condition: evt.type = execve\n  output: o\n  priority: WARNING\n'
  equal((await server.local('PUT', '/rules/files', { name: 'mine.yaml', text })).status, 204)
  const mine = (await server.local<Page<Rule>>('GET', '/rules?area=custom')).body.items
  deepEqual(
    mine.map(one => [one.name, one.origin, one.priority]),
    [['Mine', 'custom', 'Warning']],
  )
  const pages = (await server.local<Page<Rule>>('GET', '/rules?limit=5')).body
  const next = (await server.local<Page<Rule>>('GET', `/rules?limit=5&cursor=${pages.next}`)).body
  ok(next.items[0]!.name > pages.items[4]!.name)
})
