import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { type Api, openApi } from '../../agent/api.ts'
import type { Place } from '../../platform/place.ts'
import type { Ready } from '../../platform/platform.ts'
import type { Page } from '../../server/schemas/common.ts'
import type { Health, Today } from '../../server/schemas/health.ts'
import type { Host } from '../../server/schemas/hosts.ts'
import type { Job } from '../../server/schemas/jobs.ts'
import type { Context } from '../context.ts'

const every = 500
const patience = 600_000

/** Says where the console is, then follows the first minute: sensor, inventory, scans, first findings. What cannot be asked is passed over: the platform runs without these lines. */
export async function sayBeginnings(place: Place, ready: Ready, started: number, context: Context): Promise<void> {
  context.say(context.text('platform.console', { url: ready.url }))
  saySetup(place, ready, context)
  const api = openApi({ socket: place.socket })
  try {
    await follow(api, started, context)
  } catch (error) {
    if (!context.signal.aborted) context.say((error as Error).message)
  }
}

/** A terminal is the user's; anything else may be a log. */
function saySetup({ setupFile }: Place, { setupLink }: Ready, context: Context): void {
  // Used, or not needed any more.
  if (setupLink === undefined) return rmSync(setupFile, { force: true })
  if (context.stderr.isTTY) context.say(context.text('platform.setup', { link: setupLink }))
  else {
    writeFileSync(setupFile, `${setupLink}\n`, { mode: 0o600 })
    if (existsSync(setupFile)) context.say(context.text('platform.setupFile', { file: setupFile }))
  }
}

async function follow(api: Api, started: number, context: Context): Promise<void> {
  const host = await firstHost(api, context)
  if (host === undefined) return
  saySensor(host, context)
  const { starter } = ((await api.get('/health')) as Health).advisories
  if (starter) context.say(context.text('platform.starter'))
  if (host.runtimes.some(({ connected }) => connected))
    context.say(context.text('platform.inventory', { containers: host.containers, images: host.images }))
  else {
    context.say(context.text('platform.noRuntime'))
    await api.post('/jobs', { kind: 'scan_host', target: '' })
  }
  context.say(context.text('platform.running'))
  await followScans(api, started, context)
}

/** The agent has spoken, and its sensor has started or could not. */
async function firstHost(api: Api, context: Context): Promise<Host | undefined> {
  for (let waited = 0; waited < 30_000 && !context.signal.aborted; waited += every) {
    const [host] = ((await api.get('/hosts')) as Page<Host>).items
    if (host !== undefined && host.sensor.state !== 'off') return host
    await pause()
  }
  return ((await api.get('/hosts')) as Page<Host>).items[0]
}

function saySensor({ sensor }: Host, context: Context): void {
  const { state, reason = '', judged, losses } = sensor
  context.say(context.text(`platform.sensor.${state}`, { reason, judged }))
  for (const { what, why } of losses) context.say(context.text('platform.loss', { what, why }))
}

async function followScans(api: Api, started: number, context: Context): Promise<void> {
  let told = ''
  let found = false
  for (let waited = 0; waited < patience && !context.signal.aborted; waited += every) {
    const jobs = ((await api.get('/jobs?kind=scan_image,scan_host&limit=500')) as Page<Job>).items
    const done = jobs.filter(({ state }) => state === 'done' || state === 'failed').length
    const line = jobs.length === 0 ? '' : context.text('platform.scanning', { done, of: jobs.length })
    if (line !== told && line !== '') context.say(line)
    told = line
    const over = jobs.length > 0 && done === jobs.length
    if (!found && done > 0) found = await sayFindings(api, started, over, context)
    if (over) return
    await pause()
  }
}

async function sayFindings(api: Api, started: number, over: boolean, context: Context): Promise<boolean> {
  const { vulnerabilities } = (await api.get('/today')) as Today
  const { CRITICAL: critical, HIGH: high } = vulnerabilities
  const seconds = Math.round((performance.now() - started) / 1000)
  if (critical + high === 0 && !over) return false
  if (critical + high > 0) context.say(context.text('platform.firstFindings', { seconds, critical, high }))
  else context.say(context.text('platform.noFindings', { seconds }))
  return true
}

function pause(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, every))
}
