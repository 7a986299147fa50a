import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { buildConsole } from '../../src/console/build.ts'
import { chromiumPath, launch, openView, settled } from '../../src/console/testing/browser.ts'
import { type Fixture, startFixture } from '../../src/console/testing/fixture-server.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const skip = chromiumPath === undefined ? 'needs chromium' : false

let browser: Browser
let dir: string

before(async () => {
  if (skip !== false) return
  dir = (await buildConsole({ root })).dir
  browser = await launch()
})

after(() => browser?.close())

/** Runs `work` on a page of a fixture of its own; what the browser complained of fails the test. */
async function on(path: string, work: (page: Page, fixture: Fixture) => Promise<void>, signedIn = true): Promise<void> {
  const fixture = await startFixture(dir, { signedIn })
  const { context, page, problems } = await openView(browser, { lang: 'en' })
  try {
    await page.goto(fixture.url + path)
    await work(page, fixture)
    assert.deepEqual(
      problems.filter(problem => !/status of 401/.test(problem)),
      [],
    )
  } finally {
    await context.close()
    await fixture.close()
  }
}

test('signs in; a wrong password is told in words', { skip }, () =>
  on(
    '/incidents?state=closed',
    async (page, fixture) => {
      await page.getByLabel('User name').fill('admin')
      await page.locator('input[autocomplete="current-password"]').fill('wrong password')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByText('Name or password is wrong.').waitFor()
      await page.locator('input[autocomplete="current-password"]').fill('right and long password')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await settled(page)
      assert.equal(new URL(page.url()).search, '?state=closed', 'where one wanted to go')
      assert.deepEqual(fixture.writes.at(-1)?.body, { name: 'admin', password: 'right and long password' })
    },
    false,
  ),
)

test('a one-time link sets a password; its token leaves the address', { skip }, () =>
  on(
    '/setup#one-time-token',
    async (page, fixture) => {
      await page.getByLabel('New password').fill('short')
      await page.getByText('Shorter than 12 characters.').waitFor()
      await page.getByLabel('New password').fill('a long enough password')
      await page.getByLabel('Password again').fill('a long enough password')
      await page.getByRole('button', { name: 'Set password and sign in' }).click()
      await settled(page)
      assert.deepEqual(fixture.writes.at(-1)?.body, { token: 'one-time-token', password: 'a long enough password' })
      assert.doesNotMatch(page.url(), /one-time-token/)
    },
    false,
  ),
)

test('a list is worked by keyboard: search, move, acknowledge, open', { skip }, () =>
  on('/incidents', async (page, fixture) => {
    await settled(page)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('a')
    await page.waitForFunction(() => document.querySelector('tr[aria-current="true"]') !== null)
    await until(() => fixture.writes.some(({ method, path }) => method === 'PATCH' && path === 'incidents/i1'))
    assert.equal((fixture.writes.at(-1)!.body as { state: string }).state, 'acknowledged')
    await page.keyboard.press('/')
    await page.keyboard.type('Miner')
    await page.waitForURL(/q=Miner/)
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByText('Keyboard shortcuts').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.keyboard.press('j')
    await page.keyboard.press('o')
    await page.waitForURL(/\/incidents\/i\d+$/)
  }),
)

test('an address shows the same view again', { skip }, () =>
  on('/vulnerabilities?severity=CRITICAL&kev=true&sort=-cvss', async page => {
    await settled(page)
    assert.equal(await page.getByRole('button', { name: 'Critical' }).getAttribute('aria-pressed'), 'true')
    assert.equal(await page.locator('tbody tr:not(.spacer)').count(), 6)
    await page.getByRole('button', { name: 'KEV' }).click()
    await page.waitForURL(url => !url.search.includes('kev'))
    await page.getByText('40 rows').waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.waitForURL(url => !url.search.includes('severity'))
  }),
)

test('ten thousand rows: a screenful in the page, the rest on the way', { skip }, () =>
  on('/vulnerabilities?state=all', async page => {
    await settled(page)
    const box = page.locator('.table-box')
    for (let round = 0; round < 80; round++) {
      if (await page.getByText('10,000 rows').isVisible()) break
      await box.evaluate(node => node.scrollTo(0, node.scrollHeight))
      await page.waitForTimeout(60)
    }
    await page.getByText('10,000 rows').waitFor()
    await box.evaluate(node => node.scrollTo(0, node.scrollHeight))
    await page.getByText('CVE-2026-19999').waitFor()
    const rows = await page.locator('tbody tr').count()
    assert.ok(rows < 80, `${rows} rows in the page`)
  }),
)

test('many findings are decided at once, after a look at what that covers', { skip }, () =>
  on('/vulnerabilities', async (page, fixture) => {
    await settled(page)
    await page.getByLabel('Select CVE-2026-10000').check()
    await page.getByLabel('Select CVE-2026-10001').check()
    await page.getByRole('button', { name: 'Decide (2)' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Covers 14 findings in 3 images').waitFor()
    await dialog.getByLabel('Decision').selectOption('accepted')
    await dialog.getByLabel('Ends').selectOption('30')
    await dialog.getByLabel('Comment').fill('Behind the VPN')
    await dialog.getByRole('button', { name: 'Decide', exact: true }).click()
    await page.getByText('2 decided.').waitFor()
    const { items: made } = fixture.writes.find(({ path }) => path === 'decisions/bulk')!.body as {
      items: Record<string, unknown>[]
    }
    assert.deepEqual(
      made.map(({ scope }) => scope),
      [{ vulnerability: 'CVE-2026-10000' }, { vulnerability: 'CVE-2026-10001' }],
    )
    assert.ok(
      made.every(
        ({ status, owner, expires }) => status === 'accepted' && owner === 'admin' && typeof expires === 'string',
      ),
    )
  }),
)

test('a container is isolated after a dry run, and released', { skip }, () =>
  on('/incidents/i1', async (page, fixture) => {
    await settled(page)
    await page.getByRole('button', { name: 'Isolate', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Dry run' }).click()
    await dialog.getByText('Would cut 3 connections').waitFor()
    await dialog.getByLabel('Reason').fill('reverse shell')
    await dialog.getByRole('button', { name: 'Isolate' }).click()
    await dialog.waitFor({ state: 'detached' })
    const asked = fixture.writes
      .filter(({ path }) => path === 'actions')
      .map(({ body }) => body as Record<string, unknown>)
    assert.deepEqual(
      asked.map(({ dryRun }) => dryRun),
      [true, false],
    )
    assert.deepEqual(asked[1], {
      step: 'isolate',
      containerId: 'c00000000001',
      dryRun: false,
      reason: 'reverse shell',
      incidentId: 'i1',
      seconds: 3600,
    })
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await until(() => fixture.writes.some(({ path }) => path === 'actions/a1/undo'))
  }),
)

test('an exception is made from an incident, after a test against stored alerts', { skip }, () =>
  on('/incidents/i1', async (page, fixture) => {
    await settled(page)
    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog')
    assert.ok(await dialog.getByRole('button', { name: 'Test it first' }).isDisabled())
    await dialog.getByRole('button', { name: 'What would it have hidden?' }).click()
    await dialog.getByText('Would have hidden 31 of 412 alerts, 2 whole incidents').waitFor()
    await dialog.getByRole('button', { name: 'Save (would have hidden 31)' }).click()
    await dialog.waitFor({ state: 'detached' })
    const made = fixture.writes.find(({ path }) => path === 'rules/exceptions')?.body as {
      rule: string
      fields: { field: string }[]
    }
    assert.equal(made.rule, 'Reverse shell from a container')
    assert.deepEqual(
      made.fields.map(({ field }) => field),
      ['proc.name', 'proc.pname', 'user.name'],
    )
  }),
)

test('what changes on the server is read again without a reload', { skip }, () =>
  on('/incidents', async (page, fixture) => {
    await settled(page)
    await page.getByText('Live updates').waitFor()
    const again = page.waitForRequest(request => request.url().includes('/api/v1/incidents'))
    fixture.emit('incident', 'i1')
    await again
  }),
)

test('the language changes at run time and stays', { skip }, () =>
  on('/platform', async page => {
    await settled(page)
    await page.getByRole('button', { name: '한국어' }).click()
    await page.getByRole('heading', { name: '플랫폼' }).waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'ko')
    await page.reload()
    await page.getByRole('heading', { name: '플랫폼' }).waitFor()
    await page.getByRole('button', { name: '어두운 화면' }).click()
    assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark')
  }),
)

test('a drill is run, an output tested, the audit log verified, a setting saved', { skip }, () =>
  on('/response', async (page, fixture) => {
    await settled(page)
    await page.getByRole('button', { name: 'Run a drill (6)' }).click()
    await page.getByText('The drill has started.').waitFor()
    await page.goto(`${fixture.url}/platform?tab=outputs`)
    await page.getByRole('button', { name: 'Send a test' }).first().click()
    await page.getByText('Delivered', { exact: true }).waitFor()
    await page.getByRole('tab', { name: 'Audit log' }).click()
    await page.getByRole('button', { name: 'Verify the chain' }).click()
    await page.getByText('Unaltered: 240 rows').waitFor()
    await page.getByRole('tab', { name: 'Settings' }).click()
    await page.getByLabel('Programs that are not in the image').selectOption('block')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    assert.deepEqual(fixture.writes.at(-1), { method: 'PATCH', path: 'settings', body: { drift: 'block' } })
  }),
)

async function until(holds: () => boolean): Promise<void> {
  for (let round = 0; round < 600 && !holds(); round++) await new Promise(resolve => setTimeout(resolve, 50))
  assert.ok(holds(), 'in time')
}
