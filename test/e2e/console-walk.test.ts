import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { buildConsole } from '../../src/console/build.ts'
import { chromiumPath, launch, openView, settled } from '../../src/console/testing/browser.ts'
import { type Fixture, startFixture } from '../../src/console/testing/fixture-server.ts'
import { screens } from '../../src/console/testing/screens.ts'
import { firstLoad } from '../../tools/console-weight.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const skip = chromiumPath === undefined ? 'needs chromium' : false
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let dir: string
let full: Fixture
let starter: Fixture
let empty: Fixture

before(async () => {
  dir = (await buildConsole({ root })).dir
  if (skip !== false) return
  browser = await launch()
  full = await startFixture(dir)
  starter = await startFixture(dir, { starter: true, empty: true })
  empty = await startFixture(dir, { empty: true })
})

after(async () => {
  await browser?.close()
  for (const fixture of [full, starter, empty]) await fixture?.close()
})

test('the first load of the console stays under 250 kB', () => {
  const { bytes, files } = firstLoad(dir)
  assert.ok(bytes <= 250_000, `${bytes} bytes: ${files.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')}`)
  assert.ok(
    files.some(({ name }) => /^assets\/today/.test(name)),
    'the first screen is counted',
  )
})

for (const lang of ['en', 'ko'] as const) {
  test(`every screen in ${lang}: stands, accessible, silent under the security policy`, { skip }, async () => {
    const { context, page, problems } = await openView(browser, { lang })
    for (const [name, path] of screens) {
      await page.goto(full.url + path)
      await settled(page)
      problems.push(...(await wrongWith(page, `${name} ${lang}`)))
      if (lang === 'ko') assert.match((await page.locator('h1, nav').first().textContent()) ?? '', /[가-힣]/, name)
    }
    assert.deepEqual(problems, [])
    await context.close()
  })
}

test('every screen on a dark screen of 360 px: accessible, nothing wider than the window', { skip }, async () => {
  const { context, page, problems } = await openView(browser, { lang: 'ko', width: 360, height: 740, dark: true })
  for (const [name, path] of screens) {
    await page.goto(full.url + path)
    await settled(page)
    const wide = await page.evaluate(() => {
      const main = document.getElementById('main')!
      return [document.documentElement.scrollWidth, main.scrollWidth]
    })
    if (Math.max(...wide) > 360) problems.push(`${name} is ${wide.join(' and ')} px wide`)
    problems.push(...(await wrongWith(page, `${name} at 360 px`)))
  }
  assert.deepEqual(problems, [])
  await context.close()
})

test('while only the starter database is there, every screen says so and nothing is called clean', {
  skip,
}, async () => {
  const { context, page } = await openView(browser, { lang: 'en' })
  for (const [name, path] of screens) {
    await page.goto(starter.url + path)
    await page.locator('.banner', { hasText: 'Starter database only.' }).waitFor()
    const text = (await page.locator('#main').textContent()) ?? ''
    assert.doesNotMatch(text, /No finding\.|Nothing needs you|scan is complete/, name)
  }
  await context.close()
})

test('a screen without data says why, in words', { skip }, async () => {
  const { context, page, problems } = await openView(browser, { lang: 'ko' })
  for (const path of [
    '/',
    '/incidents',
    '/vulnerabilities',
    '/images',
    '/inventory',
    '/decisions',
    '/rules',
    '/response',
    '/reports',
    '/platform?tab=outputs',
  ]) {
    await page.goto(empty.url + path)
    await settled(page)
    assert.ok((await page.locator('.state').count()) > 0, path)
    problems.push(...(await wrongWith(page, `${path} empty`)))
  }
  assert.deepEqual(problems, [])
  await context.close()
})

test('what does not exist, and a server that is gone, are told in words', { skip }, async () => {
  const { context, page } = await openView(browser, { lang: 'en' })
  await page.goto(`${full.url}/incidents/none`)
  await page.getByText('It does not exist, or not any more.').waitFor()
  await page.goto(`${full.url}/no/such/screen`)
  await page.getByText('There is no such page.').waitFor()
  await page.route('**/api/v1/rules**', route => route.abort())
  await page.goto(`${full.url}/rules`)
  await page.getByText('The server cannot be reached.').waitFor()
  await page.unroute('**/api/v1/rules**')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('Reverse shell from a container').first().waitFor()
  await context.close()
})

/** What axe finds serious, and foreign text that became markup. */
async function wrongWith(page: Page, name: string): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { axe } = window as never as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
    const { violations } = await axe.run({ resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(node => node.html.slice(0, 160))
            .slice(0, 3)
            .join(' | ')}`,
      )
  })
  const markup = await page.locator('img[onerror], a[href^="javascript:"]').count()
  return [...found, ...(markup > 0 ? ['foreign text became markup'] : [])].map(problem => `${name}: ${problem}`)
}

interface Violation {
  id: string
  impact: string
  nodes: { html: string }[]
}
