/** What each receiver that speaks HTTP is sent, checked against its published format by a receiver that takes nothing else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JennerError } from '../../../base/errors.ts'
import type { Notice, OutputConfig, OutputKind } from '../model.ts'
import { type Answer, hostileNotice, type Received, receive, tools } from '../receiver.test-helper.ts'
import { alertmanager, alertsOf } from './alertmanager.ts'
import { elasticsearch } from './elasticsearch.ts'
import { loki } from './loki.ts'
import { otlp } from './otlp.ts'
import { slack } from './slack.ts'
import { splunk } from './splunk.ts'
import { teams } from './teams.ts'

interface Case {
  kind: OutputKind
  config: OutputConfig
  /** Behind the receiver's address. */
  base?: string
  answer: Answer
  path: string
  headers: Record<string, string>
  check(body: string, notices: Notice[]): void
}

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire
const json = (text: string): any => JSON.parse(text)
const basic = `Basic ${Buffer.from('ops:p:w').toString('base64')}`

const cases: Record<string, Case> = {
  'Slack: a message with blocks, text of others inert': {
    kind: slack,
    config: {},
    base: '/services/T/B/x',
    answer: { status: 200, body: 'ok' },
    path: '/services/T/B/x',
    headers: { 'content-type': 'application/json' },
    check(body, [notice]) {
      const { text, attachments, unfurl_links } = json(body)
      assert.ok(!/<!|<http:\/\/evil|@channel\b/.test(body), body)
      assert.ok(text.startsWith('[Critical] Drift &lt;!channel&gt;'))
      assert.equal(unfurl_links, false)
      const [{ color, blocks }] = attachments
      assert.match(color, /^#[0-9a-f]{6}$/)
      const [section, context] = blocks
      assert.deepEqual([section.type, section.text.type, section.text.verbatim], ['section', 'mrkdwn', true])
      assert.ok(section.text.text.endsWith(`<${notice!.url}|Jenner>`))
      // https://docs.slack.dev/reference/block-kit/blocks/section-block: 3000 characters
      assert.ok(section.text.text.length <= 3000 && context.elements[0].text.length <= 2000)
    },
  },
  'Teams: an adaptive card, Markdown of others inert': {
    kind: teams,
    config: {},
    base: '/workflows/1/triggers/manual',
    answer: { status: 202 },
    path: '/workflows/1/triggers/manual',
    headers: { 'content-type': 'application/json' },
    check(body, [notice]) {
      const { type, attachments } = json(body)
      assert.deepEqual([type, attachments.length], ['message', 1])
      const [{ contentType, content }] = attachments
      assert.equal(contentType, 'application/vnd.microsoft.card.adaptive')
      assert.deepEqual([content.type, content.version], ['AdaptiveCard', '1.4'])
      assert.ok(content.body[0].text.includes('\\[here\\]\\(http://evil.test\\)'))
      assert.ok(content.body[0].text.endsWith('\\\\'))
      assert.deepEqual(content.actions, [{ type: 'Action.OpenUrl', title: 'Jenner', url: notice!.url }])
      assert.ok(Buffer.byteLength(body) < 28_000)
    },
  },
  'Elasticsearch: bulk with create and our id, documents of ECS': {
    kind: elasticsearch,
    config: { index: 'jenner', apiKey: 'a2V5' },
    base: '/es/',
    answer: { status: 200, body: '{"took":1,"errors":false,"items":[]}' },
    path: '/es/_bulk',
    headers: { 'content-type': 'application/x-ndjson', authorization: 'ApiKey a2V5' },
    check(body, notices) {
      assert.ok(body.endsWith('\n'))
      const lines = body.slice(0, -1).split('\n')
      assert.equal(lines.length, notices.length * 2)
      for (const [at, notice] of notices.entries()) {
        assert.deepEqual(json(lines[at * 2]!), { create: { _index: 'jenner', _id: notice.id } })
        checkEcs(json(lines[at * 2 + 1]!), notice)
      }
    },
  },
  'OpenSearch: a password': {
    kind: elasticsearch,
    config: { index: 'jenner', user: 'ops', password: 'p:w' },
    answer: { status: 200, body: '{"took":1,"errors":true,"items":[{"create":{"status":409}}]}' },
    path: '/_bulk',
    headers: { authorization: basic },
    check: body => assert.ok(body.includes('"create"')),
  },
  'Splunk: events one after the other': {
    kind: splunk,
    config: { token: 't0ken', index: 'security' },
    answer: { status: 200, body: '{"text":"Success","code":0}' },
    path: '/services/collector/event',
    headers: { authorization: 'Splunk t0ken' },
    check(body, notices) {
      const events = body.split('\n').map(json)
      assert.equal(events.length, notices.length)
      for (const [at, notice] of notices.entries()) {
        const { time, host, source, sourcetype, index, event, ...more } = events[at]
        assert.deepEqual(
          [time, host, source, sourcetype, index, more],
          [1767323045.678, 'node-1', 'jenner', 'jenner:notice', 'security', {}],
        )
        checkEcs(event, notice)
      }
    },
  },
  'Loki: few labels, nanoseconds as text': {
    kind: loki,
    config: { tenant: 'ops', user: 'ops', password: 'p:w' },
    answer: { status: 204 },
    path: '/loki/api/v1/push',
    headers: { 'content-type': 'application/json', 'x-scope-orgid': 'ops', authorization: basic },
    check(body, notices) {
      const { streams } = json(body)
      assert.equal(streams.length, 1)
      assert.deepEqual(streams[0].stream, { job: 'jenner', kind: 'incident', level: 'critical', host: 'node-1' })
      assert.deepEqual(
        streams[0].values.map(([time]: [string]) => time),
        notices.map(() => '1767323045678000000'),
      )
      checkEcs(json(streams[0].values[0][1]), notices[0]!)
    },
  },
  'OpenTelemetry: a log record': {
    kind: otlp,
    config: { authorization: 'Bearer t' },
    answer: { status: 200, body: '{"partialSuccess":{}}' },
    path: '/v1/logs',
    headers: { 'content-type': 'application/json', authorization: 'Bearer t' },
    check(body, [notice]) {
      const [{ resource, scopeLogs }] = json(body).resourceLogs
      assert.deepEqual(resource.attributes[0], { key: 'service.name', value: { stringValue: 'jenner' } })
      const record = scopeLogs[0].logRecords[0]
      assert.deepEqual(
        [record.timeUnixNano, record.severityNumber, record.severityText],
        ['1767323045678000000', 20, 'Critical'],
      )
      assert.equal(record.body.stringValue, `${notice!.title}\n${notice!.text}`)
      assert.ok(record.attributes.every(({ value }: { value: object }) => Object.keys(value).join() === 'stringValue'))
    },
  },
  'Alertmanager: labels that can be, times of RFC 3339': {
    kind: alertmanager,
    config: { user: 'ops', password: 'p:w' },
    base: '/am',
    answer: { status: 200 },
    path: '/am/api/v2/alerts',
    headers: { 'content-type': 'application/json', authorization: basic },
    check(body, notices) {
      const alerts = json(body)
      assert.equal(alerts.length, notices.length)
      for (const { labels, annotations, startsAt, generatorURL, ...more } of alerts) {
        for (const [key, value] of Object.entries(labels)) assert.ok(/^[a-zA-Z_]\w*$/.test(key) && value !== '', key)
        assert.deepEqual([labels.alertname, labels.severity, labels.source], [notices[0]!.rule, 'critical', 'jenner'])
        assert.deepEqual([Object.keys(annotations), startsAt, more], [['summary', 'description'], notices[0]!.time, {}])
        assert.ok(URL.canParse(generatorURL))
      }
    },
  },
}

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire
function checkEcs(document: any, notice: Notice): void {
  assert.equal(document['@timestamp'], notice.time)
  assert.equal(document.message, `${notice.title}\n${notice.text}`)
  assert.deepEqual([document.event.id, document.event.kind, document.log.level], [notice.id, 'alert', 'critical'])
  assert.deepEqual(document.container, { id: 'c0ffee', name: 'shop_web"]', image: { name: 'shop:1.0' } })
  assert.deepEqual(document.jenner.fields, { 'proc.name': 'sh', 'proc.pid': '7' })
}

function configOf({ config, base = '' }: Case, url: string): OutputConfig {
  return { ...config, url: `${url}${base}` }
}

for (const [name, each] of Object.entries(cases)) {
  test(name, async t => {
    const { url, got } = await receive(t, each.answer)
    const notices = [hostileNotice(), hostileNotice({ id: 'incident-2-2' })].slice(0, each.kind.batch)
    const delivery = each.kind.open(configOf(each, url), tools)
    await delivery.send(notices)
    const [request] = got as [Received]
    assert.deepEqual([got.length, request.method, request.path], [1, 'POST', each.path])
    for (const [key, value] of Object.entries(each.headers)) assert.equal(request.headers[key], value)
    each.check(request.body, notices)
  })
  for (const [status, code] of [
    [400, 'delivery_refused'],
    [307, 'delivery_refused'],
    [429, 'delivery_failed'],
    [503, 'delivery_failed'],
  ] as const) {
    test(`${name.split(':')[0]}: ${status} is ${code}`, async t => {
      const { url } = await receive(t, { status, body: '{}', headers: { location: 'http://127.0.0.1:1/' } })
      await assert.rejects(
        each.kind.open(configOf(each, url), tools).send([hostileNotice()]),
        (error: unknown) => error instanceof JennerError && error.code === code,
      )
    })
  }
}

const partial: [name: string, kind: OutputKind, config: OutputConfig, body: string, code: string][] = [
  [
    'a document refused',
    elasticsearch,
    { index: 'i' },
    '{"errors":true,"items":[{"create":{"status":201}},{"create":{"status":400,"error":{"reason":"mapping"}}}]}',
    'delivery_refused',
  ],
  [
    'a full queue',
    elasticsearch,
    { index: 'i' },
    '{"errors":true,"items":[{"create":{"status":429}}]}',
    'delivery_failed',
  ],
  ['not Elasticsearch', elasticsearch, { index: 'i' }, '<html>', 'delivery_refused'],
  [
    'a record refused',
    otlp,
    {},
    '{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"too old"}}',
    'delivery_refused',
  ],
]
for (const [name, kind, config, body, code] of partial) {
  test(`${kind.kind}: ${name} is ${code} though the answer is 200`, async t => {
    const { url } = await receive(t, { status: 200, body })
    await assert.rejects(
      kind.open({ ...config, url }, tools).send([hostileNotice()]),
      (error: unknown) => error instanceof JennerError && error.code === code,
    )
  })
}

test('texts without end fit what a chat takes', async t => {
  const { url, got } = await receive(t)
  const long = hostileNotice({ title: '<&한'.repeat(9000), text: '[<&한\n'.repeat(9000), container: '<'.repeat(9000) })
  await slack.open({ url }, tools).send([long])
  await teams.open({ url }, tools).send([long])
  const { attachments } = json(got[0]!.body)
  assert.ok(attachments[0].blocks[0].text.text.length <= 3000)
  assert.ok(attachments[0].blocks[1].elements[0].text.length <= 2001)
  assert.ok(Buffer.byteLength(got[1]!.body) < 28_000, `${Buffer.byteLength(got[1]!.body)}`)
})

test('Alertmanager: what is open stays so, what became worse or is over ends', () => {
  const open = hostileNotice({ about: 'incident-1', priority: 'Warning', time: '2026-01-02T03:04:05.000Z' })
  const states = (notice: Notice) =>
    Object.fromEntries(
      alertsOf(notice).map(alert => [
        alert.labels.severity,
        'endsAt' in alert && String(alert.endsAt) > notice.time ? 'firing' : 'over',
      ]),
    )
  const over = { critical: 'over', error: 'over', warning: 'over', info: 'over' }
  assert.deepEqual(states(open), { ...over, warning: 'firing' })
  assert.deepEqual(states({ ...open, priority: 'Critical' }), { ...over, critical: 'firing' })
  assert.deepEqual(states({ ...open, resolved: true }), over)
  // Its labels are what it is known by: but for the severity they are the same to the end.
  const known = (notice: Notice) => alertsOf(notice).map(({ labels }) => JSON.stringify({ ...labels, severity: '' }))
  assert.equal(
    new Set([...known(open), ...known({ ...open, id: 'other', priority: 'Critical', resolved: true })]).size,
    1,
  )
})
