import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { createMetrics, type MetricFacts } from './metrics.ts'

const facts: MetricFacts = {
  hosts: [{ host: 'web-1', up: true, sensor: false, produced: 10, filtered: 4, judged: 5, lost: 1 }],
  containers: { running: 3 },
  images: { done: 2, failed: 1 },
  findings: [{ kind: 'vulnerability', severity: 'CRITICAL', count: 7 }],
  openIncidents: { Critical: 1 },
  jobs: [{ kind: 'scan_image', state: 'failed', count: 2 }],
  outputs: [{ output: 'ops', kind: 'slack', delivered: 5, failed: 1, pending: 0, dead: 1 }],
  feedAgeSeconds: 3600,
  starter: false,
  expiringDecisions: 2,
  storeBytes: 4096,
}

async function textOf(over: Partial<MetricFacts> = {}): Promise<string> {
  const metrics = createMetrics({ version: '1.2.3', collect: async () => ({ ...facts, ...over }) })
  metrics.alert('Critical')
  metrics.action('isolate', 'active')
  metrics.request('/api/v1/hosts', 'GET', 200, 0.01)
  return metrics.text()
}

test('says what is, by the conventions', async () => {
  const text = await textOf()
  for (const line of [
    'jenner_build_info{version="1.2.3"} 1',
    'jenner_sensor_up{host="web-1"} 0',
    'jenner_sensor_events{host="web-1",outcome="lost"} 1',
    'jenner_findings{kind="vulnerability",severity="critical"} 7',
    'jenner_incidents_open{priority="critical"} 1',
    'jenner_output_notices{output="ops",kind="slack",result="dead"} 1',
    'jenner_feed_age_seconds 3600',
    'jenner_alerts_total{priority="critical"} 1',
    'jenner_http_request_duration_seconds_count{route="/api/v1/hosts",method="GET",status="2xx"} 1',
  ])
    assert.ok(text.includes(`${line}\n`), line)
})

test('the age of no feed is no number', async () => {
  const text = await textOf({ feedAgeSeconds: undefined, starter: true })
  assert.ok(!/^jenner_feed_age_seconds /m.test(text) && text.includes('jenner_feed_starter 1\n'))
})

test('what is gone is not told on', async () => {
  let hosts = facts.hosts
  const metrics = createMetrics({ version: '1', collect: async () => ({ ...facts, hosts }) })
  assert.match(await metrics.text(), /agent_up\{host="web-1"\} 1/)
  hosts = []
  assert.doesNotMatch(await metrics.text(), /host="web-1"/)
})

test('the shipped dashboard and rules ask for metrics that exist', async () => {
  const names = new Set([...(await textOf()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!))
  const rules = readFileSync(new URL('../../../deploy/prometheus/jenner.rules.yml', import.meta.url), 'utf8')
  const dashboard = readFileSync(new URL('../../../deploy/grafana/jenner.json', import.meta.url), 'utf8')
  const asked = new Set([...`${rules}${dashboard}`.matchAll(/\bjenner_[a-z_]+/g)].map(([name]) => name))
  assert.ok(asked.size >= 8)
  for (const name of asked) assert.ok(names.has(name) || names.has(name.replace(/_(count|sum|bucket)$/, '')), name)
  const { groups } = parse(rules) as { groups: { rules: { alert: string; annotations: Record<string, string> }[] }[] }
  for (const { alert, annotations } of groups.flatMap(group => group.rules))
    assert.ok(annotations.summary && annotations.summary_ko && annotations.action, alert)
})
