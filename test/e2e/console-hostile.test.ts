import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { buildConsole } from '../../src/console/build.ts'
import { chromiumPath, launch, openView, settled } from '../../src/console/testing/browser.ts'
import { alerts, container, hello, imageId, inventory, snapshot } from '../../src/server/sample.testing.ts'
import type { Page as ListPage } from '../../src/server/schemas/common.ts'
import { startTestServer, type TestServer } from '../../src/server/testing.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const skip = chromiumPath === undefined ? 'needs chromium' : false

/** What an attacker would write wherever a name is asked for: markup, scripts, links, templates, a formula, a line of a log, text that turns around. */
const hostile = [
  '=HYPERLINK("javascript:pwned=1")',
  '"><img src=x onerror="window.pwned=1">',
  "'><svg/onload=window.pwned=1>",
  '</script><script>window.pwned=1</script>',
  '[x](javascript:window.pwned=1)',
  '{{constructor.constructor("pwned=1")()}}',
  '\u202e\r\nInjected: line',
].join('')
const link = 'javascript:window.pwned=1//'

let browser: Browser

before(async () => {
  if (skip === false) browser = await launch()
})

after(() => browser?.close())

test('names that attackers chose run nothing on any screen, and compute nothing in any table', {
  skip,
  timeout: 300_000,
}, async () => {
  const { dir } = await buildConsole({ root })
  const server = await startTestServer({ consoleDir: dir })
  await fill(server)
  const { context, page, problems } = await openView(browser, { lang: 'en' })
  await page.goto(server.setupLink!)
  await page.getByLabel('New password').fill('three words of length')
  await page.getByLabel('Password again').fill('three words of length')
  await page.getByRole('button', { name: 'Set password and sign in' }).click()
  await settled(page)
  for (const path of await screens(server)) {
    await page.goto(server.url + path)
    await settled(page)
    assert.deepEqual(await harm(page), [], path)
  }
  assert.deepEqual(
    problems.filter(problem => !/status of 40[014]/.test(problem)),
    [],
  )
  await context.close()
  await tables(server)
  await server.close()
})

/** What would have come of it. */
function harm(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    if ('pwned' in window) found.push('a script ran')
    for (const bad of document.querySelectorAll('img[src="x"], svg[onload], [onerror], iframe, object, embed'))
      found.push(bad.outerHTML.slice(0, 200))
    for (const each of document.querySelectorAll('a[href], form[action]')) {
      const to = each.getAttribute('href') ?? each.getAttribute('action') ?? ''
      if (/^\s*(?:javascript|data|vbscript):/i.test(to)) found.push(to)
    }
    for (const each of document.querySelectorAll('script'))
      if (new URL(each.src || 'x:', location.href).origin !== location.origin) found.push(each.outerHTML.slice(0, 200))
    return found
  })
}

async function fill(server: TestServer): Promise<void> {
  const say = async (path: string, body: unknown): Promise<void> => {
    const { status, text } = await server.local('POST', `/agent/${path}`, body)
    assert.ok(status < 300, `${path}: ${status} ${text.slice(0, 300)}`)
  }
  await say('hello', {
    ...hello,
    name: hostile,
    os: hostile,
    kernel: hostile,
    runtimes: [{ name: hostile, version: hostile, connected: false, reason: hostile }],
  })
  const text = { en: hostile, ko: hostile }
  const risk = { id: 'privileged', severity: 'HIGH', title: text, why: text, fix: { kind: 'compose', diff: hostile } }
  const own = container({
    name: hostile,
    image: hostile,
    owner: hostile,
    service: hostile,
    user: hostile,
    ports: [{ containerPort: 80, protocol: hostile, hostIp: hostile, hostPort: 80 }],
    mounts: [{ source: hostile, destination: hostile, writable: true, type: hostile }],
  })
  await say('snapshot', {
    ...snapshot({ images: [{ id: imageId, names: [hostile, link], digests: [hostile], size: 1 }] }),
    containers: [{ ...own, risks: [risk] }],
    risks: [risk],
    sensor: {
      state: 'failed',
      reason: hostile,
      losses: [{ what: hostile, why: hostile }],
      produced: 1,
      filtered: 0,
      judged: 1,
      lost: 1,
    },
  })
  const batch = alerts(3, { rule: hostile })
  for (const item of batch.items) {
    Object.assign(item.alert, {
      output: hostile,
      hostname: hostile,
      tags: [hostile, 'T1059'],
      output_fields: { 'proc.name': hostile, [hostile]: hostile },
    })
    Object.assign(item.alert.container!, { name: hostile, image: hostile })
    Object.assign(item, { workload: hostile, lineage: [{ pid: 1, comm: hostile, cmdline: hostile }] })
  }
  await say('alerts', batch)
  const time = new Date(Date.now() - 5000).toISOString()
  const line = { id: 'l1', time, containerId: own.id, container: hostile, stream: 'stderr', text: hostile }
  await say('logs', { hostId: hello.id, items: [line] })
  const event = {
    id: 'e1',
    time,
    kind: 'container',
    name: hostile,
    containerId: own.id,
    container: hostile,
    text: hostile,
  }
  await say('events', { hostId: hello.id, items: [event] })
  const lease = await server.local<{ job: { id: string } }>('POST', '/agent/jobs/lease', {
    hostId: hello.id,
    kinds: ['scan_image'],
    wait: 0,
  })
  const facts = inventory([
    { name: 'libexpat1', source: 'expat', version: '2.5.0-1', files: [hostile] },
    { name: hostile, version: hostile, files: [hostile] },
  ])
  Object.assign(facts.artifact, { name: hostile, repoTags: [hostile] })
  for (const layer of facts.artifact.layers) layer.createdBy = hostile
  await say(`jobs/${lease.body.job.id}/done`, { inventory: facts })
  await server.local('POST', '/decisions', {
    status: 'fixing',
    owner: hostile.slice(0, 200),
    comment: hostile,
    scope: { package: hostile },
  })
  await server.local('POST', '/tokens', { name: hostile.slice(0, 100), scopes: ['read'], days: 1 })
  await server.call('POST', '/auth/login', { body: { name: hostile.slice(0, 64), password: 'x' } })
  await server.local('POST', '/outputs', {
    kind: 'webhook',
    name: hostile.slice(0, 60),
    config: { url: 'http://127.0.0.1:9/' },
  })
}

async function screens(server: TestServer): Promise<string[]> {
  const incident = (await server.local<ListPage<{ id: string }>>('GET', '/incidents')).body.items[0]!.id
  const image = `/images/${encodeURIComponent(imageId)}`
  const own = `/containers/${container().id}`
  return [
    ...['/', '/incidents', `/incidents/${incident}`, '/vulnerabilities', '/vulnerabilities/CVE-2024-45490', '/images'],
    ...['', '?tab=findings', '?tab=layers', '?tab=packages', '?tab=secrets', '?tab=diff'].map(tab => image + tab),
    ...['/inventory', '/inventory?tab=hosts', own, `${own}?tab=logs`, `${own}?tab=events`, `/hosts/${hello.id}`],
    ...['/decisions', '/rules', `/rules/${encodeURIComponent(hostile)}`, '/response', '/reports'],
    ...['', '?tab=jobs', '?tab=users', '?tab=tokens', '?tab=outputs', '?tab=audit', '?tab=settings'].map(
      tab => `/platform${tab}`,
    ),
    `/incidents?q=${encodeURIComponent(hostile)}`,
    `/vulnerabilities?sort=${encodeURIComponent(link)}`,
  ]
}

const lists = [
  'hosts',
  'containers',
  'images',
  'packages',
  'vulnerabilities',
  'findings',
  'decisions',
  'incidents',
  'alerts',
  'events',
  'audit',
]

/** What a spreadsheet would compute. */
const formula = /^[\s\p{Cc}\p{Cf}]*(?:[=@＝＋－＠]|[+-](?!\d))/u

async function tables(server: TestServer): Promise<void> {
  let seen = 0
  for (const list of lists) {
    const { status, text } = await server.local('GET', `/${list}?format=csv`)
    if (status === 400) continue
    for (const cell of cellsOf(text)) assert.doesNotMatch(cell, formula, list)
    if (text.includes('HYPERLINK')) seen++
  }
  assert.ok(seen >= 5, `${seen} lists`)
}

/** RFC 4180; what is not quoted is cut by the marks of other countries too. */
function cellsOf(text: string): string[] {
  const parts = text.slice(1).match(/"(?:[^"]|"")*"|[^",;\t\r\n]+/g) ?? []
  return parts.map(part => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part))
}
