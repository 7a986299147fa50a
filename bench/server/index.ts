import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Running, startProcess } from './client.ts'
import { lists } from './lists.ts'
import { alertsOf, eventsOf, inventoryOf, sizes, snapshotOf, writeAdvisories } from './made.ts'

/**
 * `npm run bench:server`: the server on its embedded store, filled through its own API with 1,000 containers, 300 images, 200,000 findings and 1,000,000 events: lists and Today,
 * memory, alerts taken while somebody reads, everything judged again. Prints each figure with its bar.
 */
const bars = { list: 200, today: 300, memory: 500, rate: 5000, rejudge: 10 }
let missed = 0

const folder = mkdtempSync(join(tmpdir(), 'jenner-bench-server-'))
try {
  const cache = join(folder, 'cache')
  await writeAdvisories(cache)
  let server = await startProcess(join(folder, 'state'), cache)
  await fill(server)
  await measureRejudge(server)
  // Started anew: what filling took is not what running takes.
  await server.stop()
  server = await startProcess(join(folder, 'state'), cache)
  await measureLists(server, 'list')
  await measureIngest(server)
  await measureLists(server, 'list, after')
  const { rss, peak } = server.memory()
  say('memory', `${megabytes(rss)} MB, at most ${megabytes(peak)} MB`, peak <= bars.memory * 1e6)
  await server.stop()
} finally {
  rmSync(folder, { recursive: true })
}
if (missed > 0) process.exitCode = 1

async function fill(server: Running): Promise<void> {
  const began = performance.now()
  for (let host = 0; host < sizes.hosts; host++) {
    const hello = {
      id: `host-${host}`,
      name: `node-${host}`,
      os: 'Debian 12',
      kernel: '6.1',
      cores: 4,
      memory: 8e9,
      agentVersion: '0',
      runtimes: [],
    }
    await server.call('POST', '/agent/hello', hello)
    await server.call('POST', '/agent/snapshot', snapshotOf(host))
  }
  for (let host = 0; host < sizes.hosts; host++) await scanAll(server, host)
  const scanned = performance.now()
  const now = Date.now()
  for (let at = 0; at < sizes.events; at += 5000)
    await server.call('POST', '/agent/events', eventsOf((at / 5000) % sizes.hosts, at, 5000, now))
  const seconds = (performance.now() - scanned) / 1000
  const { text } = await server.call('GET', '/findings?limit=1')
  say('filled', `in ${((performance.now() - began) / 1000).toFixed(0)} s; ${JSON.parse(text).total} or more findings`)
  say(
    'events',
    `${Math.round(sizes.events / seconds).toLocaleString('en')} a second, nobody reading`,
    sizes.events / seconds >= bars.rate,
  )
}

async function scanAll(server: Running, host: number): Promise<void> {
  for (;;) {
    const { text } = await server.call('POST', '/agent/jobs/lease', {
      hostId: `host-${host}`,
      kinds: ['scan_image'],
      wait: 0,
    })
    const { job } = JSON.parse(text) as { job?: { id: string; target: string } }
    if (!job) return
    await server.call('POST', `/agent/jobs/${job.id}/done`, {
      inventory: inventoryOf(Number.parseInt(job.target.slice(7), 16)),
    })
  }
}

async function measureRejudge(server: Running): Promise<void> {
  const job = JSON.parse((await server.call('POST', '/jobs', { kind: 'rejudge' })).text) as { id: string }
  const began = performance.now()
  for (;;) {
    const { state } = JSON.parse((await server.call('GET', `/jobs/${job.id}`)).text) as { state: string }
    if (state === 'done') break
    if (state === 'failed') throw new Error('rejudge failed')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  const seconds = (performance.now() - began) / 1000
  const rows = sizes.images * sizes.perImage
  say(
    'judged again',
    `${rows.toLocaleString('en')} packages in ${seconds.toFixed(1)} s`,
    (seconds * 200_000) / rows <= bars.rejudge,
  )
}

async function measureLists(server: Running, what: string): Promise<void> {
  const worst: { path: string; p95: number }[] = []
  for (const path of lists) worst.push({ path, p95: await p95(server, path) })
  worst.sort((a, b) => b.p95 - a.p95)
  const slow = worst.filter(one => one.p95 > bars.list)
  say(
    what,
    `${lists.length} lists, p95 of the slowest: ${worst
      .slice(0, 5)
      .map(one => `${one.path} ${one.p95.toFixed(0)} ms`)
      .join(', ')}`,
    slow.length === 0,
  )
  const today = await p95(server, '/today')
  say(`${what}: today`, `p95 ${today.toFixed(0)} ms`, today <= bars.today)
}

async function p95(server: Running, path: string): Promise<number> {
  const times: number[] = []
  let cursor = ''
  for (let i = 0; i < 20; i++) {
    const { ms, text } = await server.call(
      'GET',
      `${path}${path.includes('?') ? '&' : '?'}limit=100${cursor}`.replace('/today?limit=100', '/today'),
    )
    times.push(ms)
    // Half of the readers turn pages.
    const { next } = JSON.parse(text) as { next?: string }
    cursor = next && i % 2 === 0 ? `&cursor=${next}` : ''
  }
  return times.sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1]!
}

async function measureIngest(server: Running): Promise<void> {
  const began = performance.now()
  let taken = 0
  let reading = true
  let reads = 0
  const times: number[] = []
  const reader = (async () => {
    for (let i = 0; reading; i++) {
      times.push((await server.call('GET', lists[i % lists.length]!)).ms)
      reads++
    }
  })()
  while (performance.now() - began < 20_000) {
    await server.call('POST', '/agent/alerts', alertsOf(taken % sizes.hosts, taken, 1000, Date.now()))
    taken += 1000
  }
  reading = false
  await reader
  const rate = taken / ((performance.now() - began) / 1000)
  times.sort((a, b) => a - b)
  const middle = times[Math.floor(times.length * 0.95)] ?? 0
  say(
    'alerts',
    `${Math.round(rate).toLocaleString('en')} a second beside ${reads} reads (p95 ${middle.toFixed(0)} ms)`,
    rate >= bars.rate,
  )
}

function say(what: string, result: string, met?: boolean): void {
  const mark = met === undefined ? '     ' : met ? 'met  ' : 'MISS '
  if (met === false) missed++
  console.log(`${mark} ${what.padEnd(18)} ${result}`)
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6)
}
