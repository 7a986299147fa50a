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
const packages = [
  { name: 'libssl3', source: 'openssl', version: '3.0.11-1', files: ['usr/lib/x86_64-linux-gnu/libssl.so.3'] },
  { name: 'libexpat1', source: 'expat', version: '2.5.0-1', files: ['lib/x86_64-linux-gnu/libexpat.so.1'] },
]

let browser: Browser

before(async () => {
  if (skip === false) browser = await launch()
})

after(() => browser?.close())

test('the console over the real server: set up, every screen, decisions, responses, settings', { skip }, async () => {
  const { dir } = await buildConsole({ root })
  const server = await startTestServer({ consoleDir: dir })
  await fill(server)
  const { context, page, problems } = await openView(browser, { lang: 'en' })
  page.on('response', response => {
    const path = new URL(response.url()).pathname
    if (response.status() >= 400 && !path.endsWith('/auth/me')) problems.push(`${response.status()} ${path}`)
  })
  await setUp(page, server)
  for (const lang of ['en', 'ko'] as const) {
    await page.evaluate(chosen => localStorage.setItem('jenner.lang', chosen), lang)
    for (const path of await paths(server)) {
      await page.goto(server.url + path)
      await settled(page)
      await page.locator('.banner').first().waitFor()
    }
  }
  await page.evaluate(() => localStorage.setItem('jenner.lang', 'en'))
  await decide(page, server)
  await respond(page, server)
  await readLogs(page, server)
  await look(page, server)
  await invite(page, server)
  const unexpected = problems.filter(problem => !/status of 401/.test(problem))
  assert.deepEqual(unexpected, [])
  await context.close()
  await server.close()
})

async function fill(server: TestServer): Promise<void> {
  await server.local('POST', '/agent/hello', hello)
  await server.local('POST', '/agent/snapshot', snapshot())
  const { body } = await server.local<{ job: { id: string } }>('POST', '/agent/jobs/lease', {
    hostId: hello.id,
    kinds: ['scan_image'],
    wait: 0,
  })
  await server.local('POST', `/agent/jobs/${body.job.id}/done`, { inventory: inventory(packages) })
  await server.local('POST', '/agent/alerts', alerts(4))
  const line = { containerId: container().id, container: container().name, stream: 'stderr' as const }
  const texts = ['ready', 'an error <b>came</b>', 'again']
  const items = texts.map((text, index) => ({
    ...line,
    id: `line-${index}`,
    time: new Date(Date.now() - 9000 + index * 1000).toISOString(),
    text,
  }))
  await server.local('POST', '/agent/logs', { hostId: hello.id, items })
}

async function setUp(page: Page, server: TestServer): Promise<void> {
  await page.goto(server.setupLink!)
  await page.getByLabel('New password').fill('three words of length')
  await page.getByLabel('Password again').fill('three words of length')
  await page.getByRole('button', { name: 'Set password and sign in' }).click()
  await settled(page)
  await page.getByText('Live updates').waitFor()
}

async function paths(server: TestServer): Promise<string[]> {
  const incident = (await server.local<ListPage<{ id: string }>>('GET', '/incidents')).body.items[0]!.id
  const rule = (await server.local<ListPage<{ name: string }>>('GET', '/rules')).body.items[0]!.name
  const image = `/images/${encodeURIComponent(imageId)}`
  return [
    '/',
    '/incidents',
    `/incidents/${incident}`,
    '/vulnerabilities',
    '/vulnerabilities?severity=CRITICAL,HIGH&kev=true&inUse=yes&exposed=true&running=true&fixable=true&state=all&q=ssl&view=new',
    '/vulnerabilities/CVE-2024-45490',
    '/images',
    ...['', '?tab=findings', '?tab=layers', '?tab=packages&inUse=unknown', '?tab=secrets', '?tab=diff'].map(
      tab => image + tab,
    ),
    '/inventory?exposed=true&risk=privileged&state=all',
    '/inventory?tab=hosts',
    `/containers/${container().id}`,
    `/containers/${container().id}?tab=logs&q=error`,
    `/containers/${container().id}?tab=events`,
    `/hosts/${hello.id}`,
    '/decisions?expiring=14&status=accepted&state=all',
    '/rules?fired=true&sort=-hitsWeek',
    `/rules/${encodeURIComponent(rule)}`,
    '/response',
    '/reports',
    ...[
      '',
      '?tab=jobs&state=done',
      '?tab=users',
      '?tab=tokens',
      '?tab=outputs',
      '?tab=audit&q=login',
      '?tab=settings',
    ].map(tab => `/platform${tab}`),
  ]
}

/** By the list, with its preview; the list is shorter afterwards. */
async function decide(page: Page, server: TestServer): Promise<void> {
  await page.goto(`${server.url}/vulnerabilities`)
  await page.getByLabel('Select CVE-2024-45490').check()
  await page.getByRole('button', { name: 'Decide (1)' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Covers 1 finding in 1 image').waitFor()
  await dialog.getByLabel('Decision').selectOption('accepted')
  await dialog.getByRole('button', { name: 'Decide', exact: true }).click()
  await page.getByText('1 decided.').waitFor()
  await page.getByRole('link', { name: 'CVE-2024-45490' }).waitFor({ state: 'detached' })
  await page.goto(`${server.url}/decisions`)
  await page.getByText('Risk accepted').last().waitFor()
}

/** What the agent would take up: the request is in the queue, and on the screen. */
async function respond(page: Page, server: TestServer): Promise<void> {
  await page.goto(`${server.url}/incidents`)
  await settled(page)
  await page.keyboard.press('j')
  await page.keyboard.press('o')
  await page.waitForURL(/\/incidents\/.+/)
  await page.getByRole('button', { name: 'Isolate', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('a shell')
  await page.getByRole('dialog').getByRole('button', { name: 'Isolate' }).click()
  await page.getByText('Requested', { exact: true }).first().waitFor()
  await page.getByLabel('Comment').fill('<b>looked</b>')
  await page.getByRole('button', { name: 'Add comment' }).click()
  await page.getByText('<b>looked</b>').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Exception…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'What would it have hidden?' }).click()
  await page
    .getByRole('dialog')
    .getByText(/Would have hidden \d+ of \d+/)
    .waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
}

/** A search in a container's log shows the lines around its hits. */
async function readLogs(page: Page, server: TestServer): Promise<void> {
  await page.goto(`${server.url}/containers/${container().id}?tab=logs&q=error`)
  await page.getByText('an error <b>came</b>').waitFor()
  await page.getByText('ready', { exact: true }).waitFor()
}

/** An alert that comes in while one looks is on the screen without a reload. */
async function look(page: Page, server: TestServer): Promise<void> {
  await page.goto(`${server.url}/incidents?state=all`)
  await settled(page)
  await page.getByText('Live updates').waitFor()
  const batch = alerts(1, { from: 50 })
  batch.items[0]!.incident = 'inc-late'
  batch.items[0]!.alert.rule = 'Rule of the last minute'
  await server.local('POST', '/agent/alerts', batch)
  await page.getByText('Rule of the last minute').waitFor()
}

async function invite(page: Page, server: TestServer): Promise<void> {
  await page.goto(`${server.url}/platform?tab=users`)
  await page.getByLabel('User name').fill('kim')
  await page.getByRole('button', { name: 'Create with a one-time link' }).click()
  await page.getByText('One-time link for kim').waitFor()
  await page.goto(`${server.url}/platform?tab=audit`)
  await page.getByRole('button', { name: 'Verify the chain' }).click()
  await page.getByText(/Unaltered: \d+ rows?/).waitFor()
  await page.goto(`${server.url}/platform?tab=settings`)
  await page.getByLabel('Programs that are not in the image').selectOption('block')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  const { body } = await server.local<{ drift: string }>('GET', '/settings')
  assert.equal(body.drift, 'block')
}
