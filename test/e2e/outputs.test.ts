/** Notices on their way from the store to receivers that others made: rsyslog over TLS, a mail server with STARTTLS and a password, Alertmanager; and Prometheus, which reads /metrics. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { certificate } from '../../src/reporting/outputs/receiver.test-helper.ts'
import type { Output } from '../../src/server/schemas/outputs.ts'
import { startTestServer } from '../../src/server/testing.ts'
import { librariesOf, unpackDebian } from './receivers/debian.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'jenner-receivers-'))
const children: ChildProcess[] = []
const own = certificate()
const server = await startTestServer()

before(() => {
  if (own)
    for (const [name, text] of Object.entries(own)) writeFileSync(join(folder, `${name}.pem`), text, { mode: 0o600 })
})
after(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise(resolve => probe.close(resolve))
  return port
}

/** Starts a program of this test; answers what it has said so far. */
function start(program: string, words: string[], env: NodeJS.ProcessEnv = {}): () => string {
  const child = spawn(program, words, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let said = ''
  child.on('error', error => {
    said += error.message
  })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  return () => said
}

async function until<T>(
  look: () => Promise<T | undefined> | T | undefined,
  said: () => string,
  seconds = 40,
): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const found = await (async () => look())().catch(() => undefined)
    if (found !== undefined) return found
    assert.ok(Date.now() < end, `not within ${seconds} s: ${said()}`)
    await sleep(100)
  }
}

async function answerOf<T>(url: string): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.timeout(3000) })
  assert.ok(response.ok, `${response.status}`)
  return (await response
    .text()
    .then(text => (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text))) as T
}

function unpacked(t: TestContext, packages: string[]): string | undefined {
  const found = unpackDebian(packages)
  if ('root' in found) return found.root
  t.skip(found.refused)
  return undefined
}

async function addOutput(kind: string, config: Record<string, unknown>): Promise<Output> {
  const { status, text, body } = await server.local<Output>('POST', '/outputs', {
    kind,
    name: kind,
    minimum: 'Notice',
    config,
  })
  assert.equal(status, 201, text)
  return body
}

interface Tested {
  delivered: boolean
  error?: string
}

async function press({ id }: Output): Promise<Tested> {
  return (await server.local<Tested>('POST', `/outputs/${id}/test`)).body
}

const packages = {
  rsyslog: ['rsyslog', 'rsyslog-openssl', 'libestr0', 'libfastjson4', 'liblognorm5'],
  mail: ['python3-aiosmtpd', 'python3-attr', 'python3-public'],
  prometheus: ['prometheus'],
  alertmanager: ['prometheus-alertmanager'],
}

test('rsyslog takes our messages over TLS, and has their parts apart', async t => {
  const debian = unpacked(t, packages.rsyslog)
  if (debian === undefined) return
  if (!own) return t.skip('needs openssl')
  const port = await freePort()
  const out = join(folder, 'syslog.jsonl')
  const configuration = join(folder, 'rsyslog.conf')
  const lines = [
    `global(workDirectory="${folder}" defaultNetstreamDriver="ossl" defaultNetstreamDriverCAFile="${folder}/cert.pem" defaultNetstreamDriverCertFile="${folder}/cert.pem" defaultNetstreamDriverKeyFile="${folder}/key.pem")`,
    'module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon")',
    `input(type="imtcp" address="127.0.0.1" port="${port}")`,
    'template(name="json" type="list" option.jsonf="on") { property(outname="pri" name="pri" format="jsonf") property(outname="app" name="app-name" format="jsonf") property(outname="time" name="timereported" dateFormat="rfc3339" format="jsonf") property(outname="msgid" name="msgid" format="jsonf") property(outname="data" name="structured-data" format="jsonf") property(outname="msg" name="msg" format="jsonf") }',
    `action(type="omfile" file="${out}" template="json")`,
  ]
  writeFileSync(configuration, `${lines.join('\n')}\n`)
  const modules = librariesOf(debian)
    .split(':')
    .map(each => join(each, 'rsyslog'))
    .filter(existsSync)
    .join(':')
  const words = ['-n', '-f', configuration, '-i', join(folder, 'rsyslog.pid'), '-M', modules]
  const said = start(join(debian, 'usr/sbin/rsyslogd'), words, { LD_LIBRARY_PATH: librariesOf(debian) })
  const settings = { host: '127.0.0.1', port, protocol: 'tls', format: 'text' }
  const unknown = await addOutput('syslog', settings)
  const trusted = await addOutput('syslog', { ...settings, ca: own.cert })
  await until(async () => (await press(trusted)).delivered || undefined, said)
  const [line] = await until(() => {
    const all = existsSync(out) ? readFileSync(out, 'utf8').trim().split('\n').filter(Boolean) : []
    return all.length > 0 ? all : undefined
  }, said)
  const got = JSON.parse(line!) as Record<string, string>
  assert.deepEqual([got.pri, got.app, got.msgid], ['133', 'jenner', 'test'])
  assert.match(got.data!, /^\[jenner@32473 id="test-/)
  assert.match(got.msg!, /시험 알림/)
  const refused = await press(unknown)
  assert.equal(refused.delivered, false, 'a certificate that nobody vouches for was believed')
  assert.match(refused.error ?? '', /certificate/i)
})

test('a mail server with STARTTLS and a password takes our mail; a wrong password is no lost mail', async t => {
  const debian = unpacked(t, packages.mail)
  if (debian === undefined) return
  if (!own) return t.skip('needs openssl')
  if (!existsSync('/usr/bin/python3')) return t.skip('needs python3')
  const port = await freePort()
  const words = [
    join(import.meta.dirname, 'receivers/mail.py'),
    join(folder, 'cert.pem'),
    join(folder, 'key.pem'),
    `${port}`,
  ]
  const said = start('/usr/bin/python3', words, { PYTHONPATH: join(debian, 'usr/lib/python3/dist-packages') })
  await until(() => said().includes('ready') || undefined, said)
  const settings = {
    host: '127.0.0.1',
    port,
    tls: 'starttls',
    from: 'jenner@a.test',
    to: 'ops@a.test, ciso@a.test',
    user: 'jenner',
  }
  const good = await addOutput('email', { ...settings, password: 'right horse', ca: own.cert })
  const result = await press(good)
  assert.equal(result.delivered, true, `${result.error}\n${said()}`)
  // Whole lines alone: the last piece may be the beginning of one.
  const mails = () =>
    said()
      .split('\n')
      .slice(0, -1)
      .filter(line => line.startsWith('{'))
  const mail = await until(() => mails()[0], said)
  const { tls, user, from, to, data } = JSON.parse(mail) as Record<string, string>
  assert.deepEqual([tls, user, from, to], [true, 'jenner', 'jenner@a.test', ['ops@a.test', 'ciso@a.test']])
  assert.match(data!, /^Subject: =\?UTF-8\?|^Subject: \[Jenner\]/m)
  const wrong = await press(await addOutput('email', { ...settings, password: 'wr0ng', ca: own.cert }))
  assert.equal(wrong.delivered, false)
  assert.ok(/535/.test(wrong.error ?? '') && !wrong.error!.includes('wr0ng'), wrong.error)
  const stranger = await press(await addOutput('email', { ...settings, password: 'right horse' }))
  assert.match(stranger.error ?? '', /certificate/i)
  assert.equal(mails().length, 1)
})

test('Prometheus loads the shipped rules, and reads /metrics with a token that reads nothing else', async t => {
  const debian = unpacked(t, packages.prometheus)
  if (debian === undefined) return
  const rules = join(root, 'deploy/prometheus/jenner.rules.yml')
  const checked = spawnSync(join(debian, 'usr/bin/promtool'), ['check', 'rules', rules], { encoding: 'utf8' })
  assert.equal(checked.status, 0, checked.stderr)
  const token = await server.local<{ secret: string }>('POST', '/tokens', {
    name: 'prometheus',
    scopes: ['metrics'],
    days: 1,
  })
  assert.equal(token.status, 201, token.text)
  const elsewhere = await server.call('GET', '/hosts', { token: token.body.secret })
  assert.equal(elsewhere.status, 403)
  const place = join(folder, 'prometheus')
  mkdirSync(place)
  cpSync(rules, join(place, 'jenner.rules.yml'))
  writeFileSync(join(place, 'token'), token.body.secret, { mode: 0o600 })
  const port = await freePort()
  const configuration = {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: ['jenner.rules.yml'],
    scrape_configs: [
      {
        job_name: 'jenner',
        authorization: { credentials_file: join(place, 'token') },
        static_configs: [{ targets: [new URL(server.url).host] }],
      },
    ],
  }
  writeFileSync(join(place, 'prometheus.yml'), JSON.stringify(configuration))
  const scraped = await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token.body.secret}` } })
  const linted = spawnSync(join(debian, 'usr/bin/promtool'), ['check', 'metrics'], {
    input: await scraped.text(),
    encoding: 'utf8',
  })
  assert.deepEqual(
    linted.stderr.split('\n').filter(line => line.startsWith('jenner_')),
    [],
  )
  const url = `http://127.0.0.1:${port}`
  const words = [
    `--config.file=${join(place, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(place, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]
  const said = start(join(debian, 'usr/bin/prometheus'), words)
  interface Query {
    data: { result: { metric: Record<string, string>; value: [number, string] }[] }
  }
  const ask = (query: string) => answerOf<Query>(`${url}/api/v1/query?query=${encodeURIComponent(query)}`)
  await until(async () => ((await ask('up{job="jenner"}')).data.result[0]?.value[1] === '1' ? true : undefined), said)
  const info = await until(async () => (await ask('jenner_build_info')).data.result[0], said)
  assert.match(info.metric.version!, /^\d+\.\d+\.\d+$/)
  interface Rules {
    data: { groups: { rules: { name: string; health: string; lastError?: string }[] }[] }
  }
  const loaded = await until(async () => {
    const all = (await answerOf<Rules>(`${url}/api/v1/rules`)).data.groups.flatMap(group => group.rules)
    return all.length > 0 && all.every(({ health }) => health !== 'unknown') ? all : undefined
  }, said)
  assert.deepEqual(
    loaded.filter(({ health }) => health !== 'ok'),
    [],
  )
  const shipped = readFileSync(rules, 'utf8').match(/- alert: \w+/g)!
  assert.equal(loaded.length, shipped.length)
  // The starter advisories are all that this server has: Prometheus knows by its own reckoning.
  const pending = await until(async () => {
    const { data } = await ask('ALERTS{alertname="JennerFeedStarter"}')
    return data.result[0]
  }, said)
  assert.equal(pending.metric.severity, 'warning')
  const dashboard = JSON.parse(readFileSync(join(root, 'deploy/grafana/jenner.json'), 'utf8')) as {
    panels: { title: string; targets?: { expr: string }[] }[]
  }
  const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
  assert.ok(expressions.length > 0)
  for (const expression of expressions)
    assert.ok(
      (await ask(expression.replaceAll('$__rate_interval', '1m').replaceAll('$__range', '1h'))).data,
      expression,
    )
})

test('Alertmanager has our notice, once however often it comes', async t => {
  const debian = unpacked(t, packages.alertmanager)
  if (debian === undefined) return
  if (process.getuid?.() !== 0) return t.skip('needs root')
  const place = join(folder, 'alertmanager')
  mkdirSync(place)
  const port = await freePort()
  writeFileSync(
    join(place, 'alertmanager.yml'),
    JSON.stringify({ route: { receiver: 'none' }, receivers: [{ name: 'none' }] }),
  )
  const words = [
    `--config.file=${join(place, 'alertmanager.yml')}`,
    `--storage.path=${join(place, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ]
  // It looks for its templates where its package has them: seen there by it alone.
  const program = join(debian, 'usr/bin/prometheus-alertmanager')
  const script = `mount -t overlay overlay -o "lowerdir=${join(debian, 'usr/share')}:/usr/share" /usr/share && exec "$0" "$@"`
  const said = existsSync('/usr/share/prometheus/alertmanager/default.tmpl')
    ? start(program, words)
    : start('unshare', ['--mount', 'sh', '-c', script, program, ...words])
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await answerOf<string>(`${url}/-/ready`)) && true, said)
  const added = await addOutput('alertmanager', { url })
  const result = await press(added)
  assert.equal(result.delivered, true, result.error)
  interface Alert {
    labels: Record<string, string>
    annotations: Record<string, string>
    status: { state: string }
  }
  const [alert] = await until(async () => {
    const all = await answerOf<Alert[]>(`${url}/api/v2/alerts`)
    return all.length > 0 ? all : undefined
  }, said)
  assert.deepEqual([alert!.labels.source, alert!.labels.severity, alert!.status.state], ['jenner', 'info', 'active'])
  assert.match(alert!.annotations.summary!, /test notice · 시험 알림/)
})
