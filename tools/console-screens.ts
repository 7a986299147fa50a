/**
 * `node tools/console-screens.ts OUT [NAME…] [--lang en|ko] [--width N] [--height N] [--dark] [--starter] [--empty]`: pictures of the console's screens over made-up data,
 * `OUT/NAME-LANG.png`. Needs Debian's chromium.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildConsole } from '../src/console/build.ts'
import { launch, openView, settled } from '../src/console/testing/browser.ts'
import { startFixture } from '../src/console/testing/fixture-server.ts'
import { screens } from '../src/console/testing/screens.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lang: { type: 'string', default: 'en' },
    width: { type: 'string', default: '1440' },
    height: { type: 'string', default: '900' },
    dark: { type: 'boolean', default: false },
    starter: { type: 'boolean', default: false },
    empty: { type: 'boolean', default: false },
  },
})
const [out = '.', ...names] = positionals
mkdirSync(out, { recursive: true })
const { dir } = await buildConsole({ root: fileURLToPath(new URL('..', import.meta.url)) })
const fixture = await startFixture(dir, { starter: values.starter, empty: values.empty, plain: true })
const browser = await launch()
const lang = values.lang === 'ko' ? 'ko' : 'en'
const view = { lang, width: Number(values.width), height: Number(values.height), dark: values.dark } as const
const { page, problems } = await openView(browser, view)
for (const [name, path] of screens) {
  if (names.length > 0 && !names.includes(name)) continue
  await page.goto(fixture.url + path)
  await settled(page)
  await page.waitForTimeout(name === 'today' ? 900 : 150)
  await page.screenshot({ path: join(out, `${name}-${lang}.png`) })
}
for (const problem of problems) console.error(problem)
await browser.close()
await fixture.close()
