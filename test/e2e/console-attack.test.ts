/** A real attack in a real container, seen, isolated and released by somebody who has nothing but the console. */
import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { chromiumPath, launch, openView, settled } from '../../src/console/testing/browser.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'

const root = join(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'jenner-attack-'))
const state = join(base, 'state')
const image = `jenner-e2e-attack-${process.pid}:1.0`
const shop = `jenner-e2e-attacked-${process.pid}`
const skip = reasonToSkip()
let up: ChildProcess | undefined
let browser: Browser
let said = ''

function reasonToSkip(): string | false {
  if (chromiumPath === undefined) return 'needs chromium'
  if (process.getuid?.() !== 0) return 'needs root'
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF'
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
}

function docker(...args: string[]): string {
  return execFileSync('docker', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}

before(async () => {
  if (skip !== false) return
  buildImage(image)
  docker('run', '-d', '--name', shop, image, 'sh', '-c', 'while :; do sleep 1; done')
  up = spawn(join(root, 'jenner'), ['up', '--state', state, '--listen', '127.0.0.1:0', '--offline', '--lang', 'en'], {
    cwd: base,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  up.stderr!.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  browser = await launch()
})

after(async () => {
  await browser?.close()
  if (skip === false) {
    spawnSync(join(root, 'jenner'), ['down', '--state', state], { stdio: 'ignore' })
    up?.kill('SIGKILL')
    spawnSync('docker', ['rm', '-f', shop], { stdio: 'ignore' })
    spawnSync('docker', ['rmi', '-f', image], { stdio: 'ignore' })
  }
  rmSync(base, { recursive: true, force: true })
})

test('an attack is seen, its container isolated and released, all from the console', { skip }, async () => {
  await until(
    () => existsSync(join(state, 'setup-link')) && /Sensor +running/.test(said),
    'the platform with its sensor',
  )
  const link = readFileSync(join(state, 'setup-link'), 'utf8').trim()
  const { page, problems } = await openView(browser, { lang: 'en' })
  page.setDefaultTimeout(60_000)
  await setUp(page, link)
  await page.goto(new URL('/incidents', link).href)
  await settled(page)
  await page.getByText('Live updates').waitFor()

  docker('exec', shop, 'sh', '-c', 'cp /bin/id /tmp/.x && /tmp/.x')
  await page
    .getByRole('row', { name: new RegExp(shop) })
    .first()
    .waitFor()
  await page
    .getByRole('row', { name: new RegExp(shop) })
    .first()
    .getByRole('link')
    .first()
    .click()
  await page.waitForURL(/\/incidents\/.+/)
  await page.getByText('/tmp/.x').first().waitFor()

  const address = docker('inspect', '-f', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', shop)
  assert.equal(await knock(address), 'ECONNREFUSED', 'the container is in reach')
  await page.getByRole('button', { name: 'Isolate', exact: true }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('a program was brought in')
  await page.getByRole('dialog').getByRole('button', { name: 'Isolate' }).click()
  await page.getByText('In force', { exact: true }).waitFor()
  assert.equal(await knock(address), 'silence', 'the container is cut off')
  await page.getByText('a response is in force').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Undone', { exact: true }).waitFor()
  assert.equal(await knock(address), 'ECONNREFUSED', 'the container is back')
  await page.locator('#main').getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByText('Closed', { exact: true }).first().waitFor()
  assert.deepEqual(
    problems.filter(problem => !/status of 401/.test(problem)),
    [],
  )
})

test('a drill is started in the console, and its results are shown there', { skip }, async t => {
  const page = browser.contexts()[0]?.pages()[0]
  if (page === undefined) return t.skip('nobody is signed in')
  page.setDefaultTimeout(600_000)
  await page.goto(new URL('/response', page.url()).href)
  await settled(page)
  await page.getByText('No drill yet.').waitFor()
  await page.getByRole('button', { name: /^Run a drill/ }).click()
  await page.getByText('The drill has started.').waitFor()
  const answer = page.getByText(/The last drill: \d+ of \d+ harmless attacks detected/)
  await answer.waitFor()
  const [, detected = 0, total = 0] = /(\d+) of (\d+)/.exec((await answer.textContent()) ?? '')?.map(Number) ?? []
  assert.ok(total > 0 && detected > 0, `${detected} of ${total}`)
  const table = page.locator('section[aria-label="Last drill"]')
  assert.equal(await table.locator('tbody tr').count(), total)
  const seen = table.locator('tbody').getByText('Detected', { exact: true })
  assert.equal(await seen.count(), detected)
})

async function setUp(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('New password').fill('three words of length')
  await page.getByLabel('Password again').fill('three words of length')
  await page.getByRole('button', { name: 'Set password and sign in' }).click()
  await settled(page)
}

/** What a closed port of `address` answers: the refusal of a host that is in reach, or nothing. */
function knock(address: string): Promise<string> {
  return new Promise(resolve => {
    const socket = connect({ host: address, port: 81 })
    socket.setTimeout(2500, () => {
      socket.destroy()
      resolve('silence')
    })
    socket.on('error', error => resolve((error as NodeJS.ErrnoException).code ?? error.message))
  })
}

async function until(holds: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 120_000
  while (!holds()) {
    if (Date.now() > end) throw new Error(`${what}: not in time; the platform said:\n${said}`)
    await new Promise(resolve => setTimeout(resolve, 200))
  }
}
