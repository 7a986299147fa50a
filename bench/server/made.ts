import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FeedItem } from '../../src/base/model/advisory.ts'
import { createDatabaseWriter } from '../../src/scan/advisories/store/writer.ts'
import type { Snapshot } from '../../src/server/schemas/agent.ts'

/** What is filled in: as many hosts' worth as a small company has, and then some. */
export const sizes = {
  hosts: 20,
  containers: 1000,
  images: 300,
  perImage: 667,
  names: 12_000,
  flaws: 25_000,
  events: 1_000_000,
}

/** The same numbers each time. */
export function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Advisories under which a made image has one finding a package, on average. */
export async function writeAdvisories(cacheDir: string): Promise<void> {
  const folder = join(cacheDir, 'db')
  mkdirSync(folder, { recursive: true })
  const writer = createDatabaseWriter(join(folder, 'advisories.jdb'))
  const random = generator(7)
  for (let i = 0; i < sizes.flaws; i++) for (const item of flaw(i, random)) writer.add(item)
  await writer.finish({ builtAt: new Date().toISOString() })
}

function* flaw(i: number, random: () => number): Generator<FeedItem> {
  const id = `CVE-${2015 + (i % 11)}-${10_000 + i}`
  // Numbers whose cube is small come often: some packages have many flaws, most have none.
  const name = `package-${Math.floor(random() ** 1.6 * sizes.names)}`
  const severity = (['CRITICAL', 'HIGH', 'HIGH', 'MEDIUM', 'MEDIUM', 'MEDIUM', 'LOW'] as const)[i % 7]!
  const fixed = `${1 + Math.floor(random() * 9)}.${Math.floor(random() * 20)}.0`
  yield {
    kind: 'record',
    ecosystem: 'npm',
    name,
    record: { id, source: 'ghsa', aliases: [], status: 'fixed', intervals: [{ introduced: '0', fixed }], severity },
  }
  const details = {
    id,
    aliases: [],
    title: `Something is wrong in ${name}`,
    description: 'A sentence that says what. '.repeat(12),
  }
  const cvss = [
    {
      source: 'nvd',
      vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
      score: 2 + Math.round(random() * 80) / 10,
    },
  ]
  yield {
    kind: 'details',
    details: { ...details, severities: {}, cvss, cwes: [], references: [`https://example.org/${id}`] },
  }
  yield { kind: 'epss', cve: id, entry: { score: random() ** 6, percentile: random(), date: '2026-01-01' } }
  if (i % 97 === 0) yield { kind: 'kev', cve: id, entry: { dateAdded: '2025-01-01', ransomware: i % 194 === 0 } }
}

export const imageId = (i: number) => `sha256:${i.toString(16).padStart(64, '0')}`

/** What each image holds; neighbours share most of it, as images on one base do. */
export function inventoryOf(i: number): unknown {
  const random = generator(100 + (i >> 3))
  const own = generator(10_000 + i)
  const packages = Array.from({ length: sizes.perImage }, (_, no) => {
    const pick = no < sizes.perImage * 0.8 ? random : own
    const name = `package-${Math.floor(pick() * sizes.names)}`
    const version = `${1 + Math.floor(pick() * 9)}.${Math.floor(pick() * 20)}.${Math.floor(pick() * 5)}`
    const path = `app/node_modules/${name}-${no}/package.json`
    const purl = `pkg:npm/${name}@${version}`
    return {
      id: `${purl}#${path}`,
      name,
      version,
      type: 'npm',
      purl,
      foundBy: 'node-pkg',
      path,
      licenses: ['MIT'],
      dependsOn: [],
    }
  })
  const artifact = {
    name: `team/app-${i}:1`,
    type: 'container_image',
    imageId: imageId(i),
    repoTags: [`team/app-${i}:1`],
    repoDigests: [],
    layers: [],
    size: 1e8,
  }
  return { artifact, packages, incomplete: [], timing: {} }
}

export function snapshotOf(host: number): Snapshot {
  const perHost = sizes.containers / sizes.hosts
  const numbers = Array.from({ length: perHost }, (_, i) => host * perHost + i)
  return {
    hostId: `host-${host}`,
    containers: numbers.map(i => ({
      id: containerId(i),
      name: `app-${i}`,
      image: `team/app-${i % sizes.images}:1`,
      imageId: imageId(i % sizes.images),
      runtime: 'docker',
      state: i % 10 === 9 ? 'exited' : 'running',
      createdAt: '2026-01-01T00:00:00Z',
      startedAt: '2026-01-01T00:00:01Z',
      owner: `team-${i % 30}`,
      service: `app-${i}`,
      user: i % 3 === 0 ? 'root' : 'app',
      privileged: i % 50 === 0,
      ports: i % 4 === 0 ? [{ containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 8000 + i }] : [],
      mounts: [],
      risks: i % 50 === 0 ? [privileged] : [],
      actions: [],
    })),
    images: [...new Set(numbers.map(i => i % sizes.images))].map(i => ({
      id: imageId(i),
      names: [`team/app-${i}:1`],
      digests: [],
      size: 1e8,
      createdAt: '2025-12-01T00:00:00Z',
    })),
    risks: [],
    sensor: { state: 'running', losses: [], produced: 1e6, filtered: 1e5, judged: 9e5, lost: 0 },
  }
}

const privileged = {
  id: 'privileged',
  severity: 'CRITICAL' as const,
  title: { en: 'privileged', ko: '특권' },
  why: { en: 'it may do anything', ko: '무엇이든 할 수 있음' },
  fix: { kind: 'compose' as const, diff: '-privileged: true' },
}

export const containerId = (i: number) => `c${i.toString(16).padStart(63, '0')}`

export function eventsOf(host: number, from: number, count: number, now: number) {
  const items = Array.from({ length: count }, (_, k) => {
    const i = from + k
    const container = i % sizes.containers
    return {
      id: `e${i}`,
      time: new Date(now - (sizes.events - i) * 2500).toISOString(),
      kind: (['container', 'image', 'sensor', 'action'] as const)[i % 4]!,
      name: i % 2 === 0 ? 'started' : 'stopped',
      containerId: containerId(container),
      container: `app-${container}`,
      text: `team/app-${container % sizes.images}:1 event number${i % 5000} of the bench`,
    }
  })
  return { hostId: `host-${host}`, items }
}

const rules = [
  'Terminal shell in container',
  'Web server spawned a shell',
  'Read of password hashes',
  'Outbound connection to a mining pool',
]

export function alertsOf(host: number, from: number, count: number, now: number) {
  const items = Array.from({ length: count }, (_, k) => {
    const i = from + k
    const container = (i >> 6) % sizes.containers
    const rule = rules[(i >> 4) % rules.length]!
    return {
      id: `a${i}`,
      alert: {
        time: new Date(now).toISOString(),
        rule,
        priority: ['Notice', 'Warning', 'Error', 'Critical'][i % 4]!,
        source: 'syscall',
        output: `${rule} | process=bash command=bash -c id${i % 997} user=root container=app-${container}`,
        output_fields: {
          'proc.name': 'bash',
          'proc.cmdline': `bash -c id${i}`,
          'user.name': 'root',
          'fd.name': '10.0.0.1:443',
          'container.id': containerId(container).slice(0, 12),
        },
        hostname: `node-${host}`,
        tags: ['container', 'T1059'],
        container: {
          id: containerId(container),
          name: `app-${container}`,
          image: `team/app-${container % sizes.images}:1`,
          imageId: imageId(container % sizes.images),
        },
      },
      incident: `i${container}-${(i >> 4) % rules.length}`,
      workload: `app-${container}`,
      lineage: [],
    }
  })
  return { hostId: `host-${host}`, items, held: [] }
}
