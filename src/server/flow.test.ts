import { deepEqual, equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { onBothStores } from './db/testing.ts'
import { alerts, container, hello, imageId, inventory, snapshot } from './sample.testing.ts'
import type { Lease } from './schemas/agent.ts'
import type { Page } from './schemas/common.ts'
import type { Decision } from './schemas/decisions.ts'
import type { Health, Today } from './schemas/health.ts'
import type { Host } from './schemas/hosts.ts'
import type { ImageDetail, ImagePackage } from './schemas/images.ts'
import type { Incident, IncidentDetail } from './schemas/incidents.ts'
import type { Finding, Vulnerability } from './schemas/vulnerabilities.ts'
import { startTestServer, type TestServer } from './testing.ts'

const packages = [
  { name: 'libssl3', source: 'openssl', version: '3.0.11-1', files: ['usr/lib/x86_64-linux-gnu/libssl.so.3'] },
  { name: 'libexpat1', source: 'expat', version: '2.5.0-1', files: ['lib/x86_64-linux-gnu/libexpat.so.1'] },
]

onBothStores('the platform', place => {
  test('goes from an agent’s first word to ranked findings, decisions and back', async () => {
    const { database } = await place.options()
    let now = Date.parse('2026-01-02T12:00:00Z')
    const server = await startTestServer({ ...(database && { database }), now: () => now })
    await scanned(server)
    const names = await openFlaws(server)
    ok(names.includes('CVE-2024-45490') && names.includes('CVE-2024-5535'), names.join())
    await loadedComesFirst(server)
    now += 10 * 60_000
    await decidedOnce(server, () => (now += 3 * 86_400_000))
    await server.close()
  })

  test('groups alerts, once each, and tells the story of an incident', async () => {
    const { database } = await place.options()
    const server = await startTestServer({
      ...(database && { database }),
      now: () => Date.parse('2026-01-02T12:00:00Z'),
    })
    await server.local('POST', '/agent/hello', hello)
    await server.local('POST', '/agent/snapshot', snapshot())
    deepEqual((await server.local('POST', '/agent/alerts', alerts(3))).body, { stored: 3 })
    deepEqual((await server.local('POST', '/agent/alerts', alerts(5))).body, { stored: 2 })
    const worse = alerts(1, { from: 9 })
    worse.items[0]!.alert.priority = 'Critical'
    worse.held = [{ incident: 'inc-1', count: 40 }]
    await server.local('POST', '/agent/alerts', worse)
    const { items } = (await server.local<Page<Incident>>('GET', '/incidents')).body
    equal(items.length, 1)
    const [incident] = items
    deepEqual(
      [incident!.count, incident!.priority, incident!.host, incident!.techniques],
      [46, 'Critical', 'web-1', ['T1059']],
    )
    const found = await server.local<Page<{ output: string }>>('GET', '/alerts?q=shell%209')
    deepEqual(
      found.body.items.map(one => one.output),
      ['Shell 9 by user_name'],
    )
    await server.local('POST', '/users', { name: 'kim', role: 'analyst' })
    await server.local('PATCH', `/incidents/${incident!.id}`, {
      comment: 'looking',
      state: 'acknowledged',
      assignee: 'kim',
    })
    const detail = (await server.local<IncidentDetail>('GET', `/incidents/${incident!.id}`)).body
    deepEqual([detail.samples.length, detail.state, detail.assignee], [6, 'acknowledged', 'kim'])
    ok(detail.timeline.some(one => one.kind === 'comment' && one.detail === 'looking'))
    ok(
      detail.description.en.includes('terminal') &&
        /[가-힣]/.test(detail.description.ko) &&
        /[가-힣]/.test(detail.title.ko),
    )
    await server.close()
  })
})

async function scanned(server: TestServer): Promise<void> {
  await server.local('POST', '/agent/hello', hello)
  equal((await server.local('POST', '/agent/snapshot', snapshot())).status, 204)
  const host = (await server.local<Page<Host>>('GET', '/hosts')).body.items[0]!
  deepEqual([host.state, host.containers, host.sensor.coverage], ['online', 1, 100])
  const { body } = await server.local<{ job: Lease }>('POST', '/agent/jobs/lease', {
    hostId: hello.id,
    kinds: ['scan_image'],
    wait: 0,
  })
  deepEqual([body.job.kind, body.job.target], ['scan_image', imageId])
  const nothing = await server.local('POST', '/agent/jobs/lease', { hostId: hello.id, kinds: ['scan_image'], wait: 0 })
  deepEqual(nothing.body, {})
  equal((await server.local('POST', `/agent/jobs/${body.job.id}/progress`, { phase: 'layers', done: 1 })).status, 204)
  const done = await server.local('POST', `/agent/jobs/${body.job.id}/done`, { inventory: inventory(packages) })
  equal(done.status, 204, done.text)
  equal((await server.local('POST', `/agent/jobs/${body.job.id}/done`, {})).status, 409)
}

async function openFlaws(server: TestServer): Promise<string[]> {
  const { items } = (await server.local<Page<Vulnerability>>('GET', '/vulnerabilities?state=open')).body
  return items.map(one => one.id)
}

async function loadedComesFirst(server: TestServer): Promise<void> {
  // Both are critical, and nobody knows which is loaded.
  const before = (await server.local<Page<Finding>>('GET', '/findings')).body.items
  deepEqual(new Set(before.map(one => one.inUse)), new Set(['unknown']))
  await server.local('POST', '/agent/loaded', {
    hostId: hello.id,
    items: [
      {
        containerId: container().id,
        imageId,
        watchedSince: '2025-12-31T00:00:00Z',
        // Debian 12 has merged /usr: the kernel tells one name, the package database the other.
        paths: ['/usr/lib/x86_64-linux-gnu/libexpat.so.1'],
      },
    ],
  })
  const after = (await server.local<Page<Finding>>('GET', '/findings')).body.items
  equal(after[0]!.package, 'libexpat1')
  ok(after[0]!.reasons.includes('loaded'))
  // The container was watched since before its start, for over a day, without a loss: of the other package "no" may be said.
  const uses = Object.fromEntries(after.map(one => [one.package, one.inUse]))
  deepEqual(uses, { libexpat1: 'yes', libssl3: 'no' })
  const listed = (await server.local<Page<ImagePackage>>('GET', `/images/${imageId}/packages?inUse=yes`)).body.items
  deepEqual(
    listed.map(one => one.name),
    ['libexpat1'],
  )
  const sum = (await server.local<Page<Vulnerability>>('GET', '/vulnerabilities?inUse=yes')).body.items
  ok(sum.length > 0 && sum.every(one => one.packages[0]!.name === 'libexpat1'))
  const detail = (await server.local<ImageDetail>('GET', `/images/${imageId}`)).body
  ok(
    detail.fixes.some(
      fix => fix.package === 'libexpat1' && fix.to === '2.5.0-1+deb12u1' && fix.diff.includes('apt-get'),
    ),
  )
  equal(detail.layersList[0]!.packages, 2)
  await searchedFor(server)
}

/** By flaw, package, image and words of it, whatever the case; `%` is no pattern. */
async function searchedFor(server: TestServer): Promise<void> {
  const all = (await server.local<Page<Finding>>('GET', '/findings')).body.items
  const packagesOf = async (q: string) => {
    const { items } = (await server.local<Page<Finding>>('GET', `/findings?q=${encodeURIComponent(q)}`)).body
    return [...new Set(items.map(one => one.package))].sort()
  }
  deepEqual(await packagesOf('LIBEXPAT'), ['libexpat1'])
  deepEqual(await packagesOf('cve-2024-5535'), ['libssl3'])
  deepEqual(await packagesOf(all[0]!.image.slice(0, 4)), ['libexpat1', 'libssl3'])
  deepEqual(await packagesOf('lib%'), [])
  const flawsOf = async (q: string) => {
    const { items } = (await server.local<Page<Vulnerability>>('GET', `/vulnerabilities?q=${encodeURIComponent(q)}`))
      .body
    return items.map(one => one.id)
  }
  deepEqual(await flawsOf('cve-2024-5535'), ['CVE-2024-5535'])
  ok((await flawsOf('libssl')).includes('CVE-2024-5535'))
  deepEqual(await flawsOf('nothing-like-it'), [])
}

async function decidedOnce(server: TestServer, later: () => number): Promise<void> {
  const scope = { vulnerability: 'CVE-2024-45490', image: 'shop/*' }
  const preview = (await server.local<{ matches: number }>('POST', '/decisions/preview', { scope })).body
  equal(preview.matches, 1)
  const input = { scope, status: 'accepted', owner: 'kim', comment: 'behind a proxy' }
  equal((await server.local('POST', '/decisions', input)).status, 400)
  const expires = '2026-01-04T00:00:00Z'
  const made = await server.local<Decision>('POST', '/decisions', { ...input, expires })
  deepEqual([made.status, made.body.matches], [201, 1], made.text)
  ok(!(await openFlaws(server)).includes('CVE-2024-45490'))
  const vex = (await server.local<{ statements: { status: string }[] }>('GET', '/decisions/openvex')).body
  deepEqual(
    vex.statements.map(one => one.status),
    ['affected'],
  )
  // It holds over a rebuild: the same image read again, and judged again.
  await server.context.verdicts.scanned(imageId, inventory(packages))
  const rejudged = await server.context.verdicts.rejudge()
  deepEqual([rejudged.added, rejudged.removed, rejudged.packages], [0, 0, 2])
  // Said to be the same as before, but the image is reached in another way: its findings are put right.
  await server.context.db.updateTable('images').set({ reach: 2 }).where('id', '=', imageId).execute()
  equal((await server.context.verdicts.rejudge()).packages, 2)
  const reaches = await server.context.db.selectFrom('findings').select('reach').distinct().execute()
  deepEqual(
    reaches.map(row => row.reach),
    [2],
  )
  ok(!(await openFlaws(server)).includes('CVE-2024-45490'))
  // A server that died between findings and their sums takes them anew.
  await server.context.db.deleteFrom('vulnerabilities').execute()
  await server.context.verdicts.sumAll()
  ok((await openFlaws(server)).includes('CVE-2024-5535'))
  later()
  const { expireDecisions } = await import('./decisions/expire.ts')
  await expireDecisions(server.context)
  ok((await openFlaws(server)).includes('CVE-2024-45490'))
  equal((await server.local<Decision>('GET', `/decisions/${made.body.id}`)).body.state, 'expired')
  const today = (await server.local<Today>('GET', '/today')).body
  ok(
    today.fixes.some(fix => fix.diff.includes('libexpat1')),
    JSON.stringify(today.fixes),
  )
  ok(today.items.some(item => item.kind === 'feed'))
  equal((await server.local<Health>('GET', '/health')).body.parts[0]!.state, 'ok')
}
