import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Advisories } from '../../src/base/model/advisory.ts'
import type { Distro } from '../../src/base/model/distro.ts'
import type { Inventory } from '../../src/base/model/inventory.ts'
import type { Package } from '../../src/base/model/package.ts'
import type { Finding } from '../../src/scan/advisories/match/finding.ts'
import { match } from '../../src/scan/advisories/match/match.ts'
import { advisoryEcosystemsOf } from '../../src/scan/inventory/distros/lookup.ts'
import { distroFamilies, distroFamily } from '../../src/scan/inventory/distros/table.ts'
import { ecosystems } from '../../src/scan/inventory/ecosystems/index.ts'
import { type RecordItem, readAdvisories } from './matching-osv.ts'
import type { KindResult } from './result.ts'

interface Case {
  name: string
  family: string
  args: {
    osVer?: string
    repo?: { Family: string; Release: string }
    pkgs?: PeerPackage[]
    pkgName?: string
    pkgVer?: string
  }
}

interface PeerPackage {
  Name: string
  Version?: string
  Release?: string
  Epoch?: number
  Arch?: string
  SrcName?: string
  SrcVersion?: string
  SrcRelease?: string
  SrcEpoch?: number
  Modularitylabel?: string
  BuildInfo?: { ContentSets?: string[]; Nvr?: string; Arch?: string }
  Maintainer?: string
}

interface Expected {
  vulnerabilities: { id: string; package?: string }[]
}

/** The peer's tests stop the clock before the support of Ubuntu 20.04 ended; later its cases about extended maintenance mean something else. */
const clock = new Date('2022-12-01T00:00:00Z')

/** `matching/<name>/`: a case agrees when exactly the expected ids are found, whichever of a flaw's names is expected. */
export async function runMatching(directory: string): Promise<KindResult> {
  const folder = join(directory, 'matching')
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  const disagreements: string[] = []
  for (const name of names) {
    const difference = compare(join(folder, name))
    if (difference) disagreements.push(`${name}: ${difference}`)
  }
  return { kind: 'matching', agreed: names.length - disagreements.length, total: names.length, disagreements }
}

function compare(folder: string): string | undefined {
  const test = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Case
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected
  const advisories = readAdvisories(join(folder, 'advisories'), moduleNames)
  const { findings } = match(inventoryOf(test, advisories), advisories, { now: clock })
  return difference(
    test.family === 'library' ? eachOnce(findings) : findings,
    expected.vulnerabilities.map(one => one.id),
  )
}

/** A library is tried as every kind of package: kinds that share advisories find the same. */
function eachOnce(findings: Finding[]): Finding[] {
  return [...new Map(findings.map(one => [`${one.package.name} ${one.ids.join(' ')}`, one])).values()]
}

/** What is missing or too much, or undefined. */
export function difference(findings: Finding[], expected: string[]): string | undefined {
  const left = [...findings]
  const missing: string[] = []
  for (const id of expected) {
    const at = left.findIndex(one => one.id === id || one.ids.includes(id) || one.vendorIds.includes(id))
    if (at < 0) missing.push(id)
    else left.splice(at, 1)
  }
  const extra = left.map(one => `${one.package.name} ${one.id} (${one.evidence.range})`)
  if (missing.length === 0 && extra.length === 0) return undefined
  return `missing ${missing.join(' ') || 'none'}, extra ${extra.join(', ') || 'none'}`
}

/** `httpd:2.4::httpd`: this peer keeps a module in the package's name. */
function moduleNames(item: RecordItem): RecordItem[] {
  const named = /^([^:]+:[^:]+)::(.+)$/.exec(item.name)
  if (!named) return [item]
  return [{ ...item, name: named[2] as string, record: { ...item.record, module: named[1] as string } }]
}

function inventoryOf(test: Case, advisories: Advisories): Inventory {
  const inventory: Inventory = {
    artifact: { name: test.name, type: 'container_image', repoTags: [], repoDigests: [], layers: [], size: 0 },
    packages: [],
    incomplete: [],
    timing: {},
  }
  if (test.family === 'library') inventory.packages = libraries(test)
  else {
    inventory.os = distroOf(test, advisories)
    const { family } = inventory.os
    inventory.packages = (test.args.pkgs ?? []).map(one => osPackage(family, one))
  }
  return inventory
}

function distroOf(test: Case, advisories: Advisories): Distro {
  const { args } = test
  const version = args.osVer ?? args.repo?.Release ?? ''
  const distro: Distro = { family: familyOf(test, version, advisories), version, release: {} }
  const sets = args.pkgs?.flatMap(one => one.BuildInfo?.ContentSets ?? []) ?? []
  if (sets.length > 0) distro.contentSets = sets
  if (args.repo) distro.repositoryVersion = args.repo.Release
  return distro
}

/** Cases named after a vendor of many distributions (SUSE) or of rebuilt packages do not say which one: it is the one that the case's data is about. */
function familyOf(test: Case, version: string, advisories: Advisories): string {
  const vendors: Record<string, [prefix: string, families: string[]]> = {
    suse: ['', ['opensuse-tumbleweed', 'opensuse-leap', 'suse-linux-enterprise-micro', 'suse-linux-enterprise-server']],
    rootio: ['Root:', distroFamilies.map(one => one.family)],
    seal: ['Seal:', distroFamilies.map(one => one.family)],
  }
  const vendor = vendors[test.family]
  if (!vendor) return test.family
  const said = Object.values(test.args).filter(value => typeof value === 'string')
  const candidates = [...said.filter(value => distroFamily(value)), ...vendor[1]]
  const covered = candidates.filter(family =>
    advisoryEcosystemsOf({ family, version, release: {} }).some(name => advisories.covers(vendor[0] + name)),
  )
  return (
    covered.find(family => family.split('-').some(word => test.name.toLowerCase().includes(word))) ??
    covered[0] ??
    test.family
  )
}

/** A library case does not say its kind: the package is tried as each. */
function libraries({ args }: Case): Package[] {
  const languages = ecosystems.filter(one => one.class === 'lang-pkgs')
  return languages.map(({ type }) => ({ ...blank(type, args.pkgName ?? '', args.pkgVer ?? '') }))
}

function blank(type: string, name: string, version: string): Package {
  const purl = `pkg:${type}/${name}@${version}`
  return { id: purl, name, version, type, purl, foundBy: type, path: '', licenses: [], dependsOn: [] }
}

const apk = new Set(['alpine', 'wolfi', 'chainguard', 'minimos', 'alpaquita'])
const deb = new Set(['debian', 'ubuntu', 'echo'])

function typeOf(family: string): string {
  if (apk.has(family)) return 'apk'
  return deb.has(family) ? 'deb' : 'rpm'
}

function osPackage(family: string, peer: PeerPackage): Package {
  const type = typeOf(family)
  const pkg = blank(type, peer.Name, versionOf(peer.Epoch, peer.Version, peer.Release))
  if (peer.Arch) pkg.arch = peer.Arch
  if (peer.SrcName)
    pkg.source = { name: peer.SrcName, version: versionOf(peer.SrcEpoch, peer.SrcVersion, peer.SrcRelease) }
  if (peer.Modularitylabel) pkg.module = peer.Modularitylabel
  return pkg
}

function versionOf(epoch = 0, version = '', release = ''): string {
  return `${epoch > 0 ? `${epoch}:` : ''}${version}${release === '' ? '' : `-${release}`}`
}
