/** Evidence, who handles an incident, changes of decisions and schedules, by hand in a browser. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { buildConsole } from '../../src/console/build.ts'
import { chromiumPath, launch, openView, settled } from '../../src/console/testing/browser.ts'
import { type Fixture, startFixture } from '../../src/console/testing/fixture-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const skip = chromiumPath === undefined ? 'needs chromium' : false

let browser: Browser
let dir: string

before(async () => {
  if (skip !== false) return
  dir = (await buildConsole({ root })).dir
  browser = await launch()
})

after(() => browser?.close())

async function on(path: string, work: (page: Page, fixture: Fixture) => Promise<void>): Promise<void> {
  const fixture = await startFixture(dir, { signedIn: true })
  const { context, page, problems } = await openView(browser, { lang: 'en' })
  try {
    await page.goto(fixture.url + path)
    await settled(page)
    await work(page, fixture)
    assert.deepEqual(problems, [])
  } finally {
    await context.close()
    await fixture.close()
  }
}

test('an incident is given to somebody else, and the list narrowed to his', { skip }, () =>
  on('/incidents/i1', async (page, fixture) => {
    await page.getByLabel('Assignee').selectOption('kim')
    await page.getByText('Given over.').waitFor()
    assert.deepEqual(fixture.writes.at(-1), { method: 'PATCH', path: 'incidents/i1', body: { assignee: 'kim' } })
    await page.getByLabel('Assignee').selectOption('Nobody')
    await until(() => JSON.stringify(fixture.writes.at(-1)?.body) === '{"assignee":null}')
    await page.goto(`${fixture.url}/incidents`)
    await settled(page)
    const asked = page.waitForRequest(request => /incidents\?.*assignee=kim/.test(request.url()))
    await page.getByRole('group', { name: 'Assignee' }).getByRole('button', { name: 'kim' }).click()
    await asked
  }),
)

test('evidence is shown with its processes, open files, sockets and hashes', { skip }, () =>
  on('/incidents/i1', async page => {
    const panel = page.getByRole('region', { name: 'Evidence' })
    await panel.getByText('Taken by playbook:reverse-shell').waitFor()
    assert.match(
      (await panel.getByRole('link', { name: 'Download' }).getAttribute('href')) ?? '',
      /evidence\/e1\/file$/,
    )
    await panel.getByRole('button', { name: 'Show what is in it' }).click()
    await panel.getByText('node server.js').waitFor()
    await panel.getByText('2 open files').click()
    await panel.getByText('socket:[88112]').waitFor()
    await panel.getByRole('button', { name: /^Sockets/ }).click()
    await panel.getByText('203.0.113.9:4444').waitFor()
    await panel.getByRole('button', { name: /^Manifest/ }).click()
    await panel.getByText('as taken').first().waitFor()
    await panel.getByText(/over a limit/).waitFor()
    assert.deepEqual(await serious(page), [])
  }),
)

test('a decision is changed: scope, end, comment; what it was is shown', { skip }, () =>
  on('/decisions', async (page, fixture) => {
    await page
      .getByRole('button', { name: /^Change/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Waiting for the vendor').waitFor()
    await dialog.getByLabel('Image (* for any text)').fill('shop/*')
    await dialog.getByLabel('Ends at the end of').fill('2031-05-06')
    await dialog.getByLabel('Comment').fill('the vendor answered')
    assert.deepEqual(await serious(page), [])
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    const { method, path, body } = fixture.writes.at(-1)!
    const { scope, expires, comment } = body as { scope: { image: string }; expires: string; comment: string }
    assert.match(`${method} ${path}`, /^PUT decisions\/.+/)
    assert.deepEqual([scope.image, comment], ['shop/*', 'the vendor answered'])
    assert.match(expires, /^2031-05-0[67]T/)
  }),
)

test('a schedule tells its last run, is switched off, changed and removed', { skip }, () =>
  on('/reports', async (page, fixture) => {
    const panel = page.getByRole('region', { name: 'By schedule' })
    await panel.getByText('Delivered to 1, waiting for 0, failed for 0').waitFor()
    await panel.getByRole('button', { name: 'Switch off' }).click()
    await until(() => fixture.writes.length === 1)
    assert.deepEqual(fixture.writes.at(-1), {
      method: 'PATCH',
      path: 'reports/schedules/sc1',
      body: { enabled: false },
    })
    await panel.getByRole('button', { name: 'Change' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('How often').selectOption('day')
    await dialog.getByLabel('Format').selectOption('html')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    assert.deepEqual((fixture.writes.at(-1)!.body as { every: string }).every, 'day')
    await panel.getByRole('button', { name: 'Remove' }).first().click()
    await until(() => fixture.writes.at(-1)?.method === 'DELETE')
  }),
)

async function until(holds: () => boolean): Promise<void> {
  for (let round = 0; round < 600 && !holds(); round++) await new Promise(resolve => setTimeout(resolve, 50))
  assert.ok(holds(), 'in time')
}

/** What axe finds serious on the page as it is now. */
async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = window as never as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
}
