import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Advisories } from '../../src/base/model/advisory.ts'
import type { Distro } from '../../src/base/model/distro.ts'
import type { Inventory } from '../../src/base/model/inventory.ts'
import type { Package } from '../../src/base/model/package.ts'
import { verdictsOf } from '../../src/scan/advisories/match/explain.ts'
import { match } from '../../src/scan/advisories/match/match.ts'
import { subjectOf } from '../../src/scan/advisories/match/subject.ts'
import { ecosystems } from '../../src/scan/inventory/ecosystems/index.ts'
import { difference } from './matching.ts'
import { readAdvisories } from './matching-osv.ts'
import type { KindResult } from './result.ts'

interface Case {
  title: string
  package: {
    name: string
    version: string
    type?: string
    language?: string
    os?: { id?: string; version?: string; channels?: string[] } | null
    arch?: string | null
    upstream?: { name: string; version: string } | { name: string; version: string }[] | null
    metadata?: { Epoch?: number | null; ModularityLabel?: string; PomGroupID?: string } | null
  }
}

interface Expected {
  vulnerabilities: string[]
  not_vulnerable: string[]
}

/** `matching-vendor/<name>/`: exactly `vulnerabilities` found, and each of `not_vulnerable` judged as the vendor's "no". */
export async function runMatchingVendor(directory: string): Promise<KindResult> {
  const folder = join(directory, 'matching-vendor')
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  const disagreements: string[] = []
  for (const name of names) {
    const said = compare(join(folder, name), name)
    if (said) disagreements.push(`${name}: ${said}`)
  }
  return { kind: 'matching-vendor', agreed: names.length - disagreements.length, total: names.length, disagreements }
}

function compare(folder: string, name: string): string | undefined {
  const test = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Case
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected
  const advisories = readAdvisories(join(folder, 'advisories'), item => [withNaming(item)])
  const inventory = inventoryOf(test, name.split('-')[0] as string)
  const wrong = difference(match(inventory, advisories).findings, expected.vulnerabilities)
  const cleared = clearedIds(inventory, advisories)
  const silent = expected.not_vulnerable.filter(id => !cleared.has(id))
  return wrong ?? (silent.length > 0 ? `not judged "not vulnerable": ${silent.join(' ')}` : undefined)
}

/** This peer's RPM records name source and binary packages alike. */
function withNaming<T extends { record: { names?: 'source' | 'binary' | 'both' } }>(item: T): T {
  return { ...item, record: { ...item.record, names: item.record.names ?? 'both' } }
}

function clearedIds(inventory: Inventory, advisories: Advisories): Set<string> {
  const [pkg] = inventory.packages
  const ecosystem = ecosystems.find(one => one.type === pkg?.type)
  if (!pkg || !ecosystem) return new Set()
  const verdicts = verdictsOf(subjectOf(pkg, ecosystem, inventory.os, advisories, Date.now()), advisories)
  return new Set(
    verdicts.filter(one => one.verdict === 'not_vulnerable').flatMap(one => [...one.flaw.ids, ...one.flaw.vendorIds]),
  )
}

/** The matcher's name at the head of the case → purl type. */
const types: Record<string, string> = {
  apk: 'apk',
  dpkg: 'deb',
  rpm: 'rpm',
  pacman: 'alpm',
  portage: 'ebuild',
  python: 'pypi',
  ruby: 'gem',
  java: 'maven',
  javascript: 'npm',
  golang: 'golang',
  dotnet: 'nuget',
  rust: 'cargo',
  php: 'composer',
  r: 'cran',
}

/** This peer's names of package kinds, where purl has another. */
const kinds: Record<string, string> = {
  python: 'pypi',
  'java-archive': 'maven',
  'jenkins-plugin': 'maven',
  'go-module': 'golang',
  dotnet: 'nuget',
  'rust-crate': 'cargo',
  'php-composer': 'composer',
  'dart-pub': 'pub',
  'r-package': 'cran',
  portage: 'ebuild',
  pod: 'cocoapods',
  'github-action': 'github',
  'github-action-workflow': 'github',
  'lua-rocks': 'luarocks',
  'erlang-otp': 'otp',
  'wordpress-plugin': 'wordpress',
}

const families: Record<string, string> = {
  rhel: 'redhat',
  almalinux: 'alma',
  rockylinux: 'rocky',
  ol: 'oracle',
  oraclelinux: 'oracle',
  amzn: 'amazon',
  amazonlinux: 'amazon',
  sles: 'suse-linux-enterprise-server',
  mariner: 'cbl-mariner',
}

function inventoryOf({ title, package: peer }: Case, matcher: string): Inventory {
  const kind = peer.type?.toLowerCase() ?? ''
  const named = kinds[kind] ?? kind
  const type = ecosystems.some(one => one.type === named) ? named : (types[matcher] ?? matcher)
  const group = type === 'maven' && !peer.name.includes(':') ? peer.metadata?.PomGroupID : undefined
  const name = group ? `${group}:${peer.name}` : peer.name
  const purl = `pkg:${type}/${name}@${peer.version}`
  const pkg: Package = {
    id: purl,
    name,
    version: peer.version,
    type,
    purl,
    foundBy: type,
    path: '',
    licenses: [],
    dependsOn: [],
  }
  if (peer.arch) pkg.arch = peer.arch
  const upstream = Array.isArray(peer.upstream) ? peer.upstream[0] : peer.upstream
  // An upstream without a version has the package's own, except for RPM, where epochs of the two may differ.
  if (upstream) pkg.source = { name: upstream.name, version: upstream.version || sourceVersion(type, peer.version) }
  if (peer.metadata?.ModularityLabel !== undefined) pkg.module = peer.metadata.ModularityLabel
  const inventory: Inventory = {
    artifact: { name: title, type: 'container_image', repoTags: [], repoDigests: [], layers: [], size: 0 },
    packages: [pkg],
    incomplete: [],
    timing: {},
  }
  const os = peer.os?.id ? distroOf(peer.os) : undefined
  if (os) inventory.os = os
  return inventory
}

function sourceVersion(type: string, version: string): string {
  return type === 'rpm' ? version.replace(/^\d+:/, '') : version
}

function distroOf(os: { id?: string; version?: string; channels?: string[] }): Distro {
  const id = os.id ?? ''
  const channels = os.channels ?? []
  const [version = '', support] = (os.version ?? '').split('+')
  const all = support ? [...channels, support] : channels
  const distro: Distro = { family: families[id] ?? id, version, release: {} }
  if (all.includes('eus')) distro.contentSets = [`rhel-${version}-eus-rpms`]
  if (all.includes('esm')) distro.esm = true
  return distro
}
