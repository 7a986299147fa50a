import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Debian's browser, where it is installed. */
export const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(path =>
  existsSync(path),
)

export function launch(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('no chromium')
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}

export interface View {
  lang: 'en' | 'ko'
  width?: number
  height?: number
  dark?: boolean
}

/** A window in a language, a size and a colour scheme; what the page complains of is kept in `problems`. */
export async function openView(browser: Browser, { lang, width = 1440, height = 900, dark = false }: View) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: lang === 'ko' ? 'ko-KR' : 'en-GB',
    timezoneId: 'Asia/Seoul',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  // For machines whose processors are others' for half a minute.
  page.setDefaultTimeout(90_000)
  const problems: string[] = []
  page.on('console', message => {
    // Containers that come and go change the machine's interfaces; the browser then breaks off what it was loading, and the console asks again.
    if (message.text().includes('ERR_NETWORK_CHANGED')) return
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', error => problems.push(`thrown: ${error.message}`))
  page.on('dialog', dialog => {
    problems.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return { context, page, problems } satisfies { context: BrowserContext; page: Page; problems: string[] }
}

/** Waits until a screen stands: its heading is there and nothing is loading any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('#main h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.skeleton') === null)
  await page.waitForLoadState('load')
}
