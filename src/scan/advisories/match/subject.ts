import type { Advisories, AdvisoryRecord } from '../../../base/model/advisory.ts'
import type { Distro } from '../../../base/model/distro.ts'
import type { EcosystemTraits } from '../../../base/model/ecosystem.ts'
import type { Package } from '../../../base/model/package.ts'
import { judgedAs } from '../../inventory/distros/derived.ts'
import { advisoryEcosystemsOf } from '../../inventory/distros/lookup.ts'
import { distroOfPackage } from '../../inventory/distros/of-package.ts'
import { type DistroFamily, distroFamily } from '../../inventory/distros/table.ts'
import { archiveGroups } from './archive-group.ts'
import { rebuiltEcosystem } from './rebuilt.ts'
import { gitEcosystem, repositoryOf } from './repository.ts'

/** A package with all that judging it needs. */
export interface Subject {
  package: Package
  ecosystem: EcosystemTraits
  distro?: Distro
  family?: DistroFamily
  /** Ecosystems asked, the one whose word counts first first. */
  sources: string[]
  /** An OS package that is not the distribution's own. */
  thirdParty: boolean
}

/** One record found for a subject: under which name and version it is to be judged. */
export interface Lookup {
  record: AdvisoryRecord
  ecosystem: string
  /** Position of the ecosystem in `sources`. */
  rank: number
  as: 'binary' | 'source'
  name: string
  version: string
  /** The name is not the package's own word, but concluded (archive-group.ts). */
  probable?: true
}

export function subjectOf(
  pkg: Package,
  ecosystem: EcosystemTraits,
  own: Distro | undefined,
  advisories: Advisories,
  now: number,
): Subject {
  if (ecosystem.class === 'lang-pkgs') {
    const plain = ecosystem.advisoryEcosystems(own, pkg)
    const rebuilt = plain
      .map(name => rebuiltEcosystem(name, pkg))
      .find(name => name !== undefined && advisories.covers(name))
    return { package: pkg, ecosystem, sources: rebuilt === undefined ? plain : [rebuilt], thirdParty: false }
  }
  const distro = distroOfPackage(pkg, judgedAs(own))
  const family = distro && distroFamily(distro.family)
  const epel = epelOf(pkg, family, distro)
  const plain = family ? advisoryEcosystemsOf(distro, pkg, now) : ecosystem.advisoryEcosystems(distro, pkg)
  const sources = epel === undefined ? plain : [epel]
  const subject: Subject = {
    package: pkg,
    ecosystem,
    sources,
    thirdParty: epel === undefined && isForeign(pkg, family),
  }
  if (distro) subject.distro = distro
  if (family) subject.family = family
  return subject
}

const enterprise = new Set(['redhat', 'centos', 'alma', 'rocky', 'oracle'])

/** Fedora's packages for Enterprise Linux are in none of its rebuilders' feeds, but have one of their own. */
function epelOf(pkg: Package, family: DistroFamily | undefined, distro: Distro | undefined): string | undefined {
  const major = /^\d+/.exec(distro?.version ?? '')?.[0]
  if (!family || !enterprise.has(family.family) || pkg.type !== 'rpm' || major === undefined) return undefined
  return /^fedora project/i.test(pkg.maintainer ?? '') ? `EPEL:${major}` : undefined
}

/**
 * The inventory's word by maintainer or vendor, except where that vendor makes the distribution itself (Microsoft: Azure Linux) and for apk, whose maintainers are
 * persons with all kinds of addresses. Remi's rebuilds of PHP say so in their release alone.
 */
function isForeign({ thirdParty, maintainer, type, version }: Package, family: DistroFamily | undefined): boolean {
  if (type === 'rpm' && /\.remi(?:\.|$)/.test(version)) return true
  if (!thirdParty || type === 'apk') return false
  return !(family?.vendor && maintainer?.toLowerCase().includes(family.vendor))
}

/**
 * All records that may speak of the subject. Which name a record means is the record's own statement, else the family's habit:
 * Debian's tracker names source packages with the source's version, Red Hat's errata the binary ones.
 */
export function lookupsOf(subject: Subject, advisories: Advisories): Lookup[] {
  const { package: pkg, ecosystem, family } = subject
  const source = signedKernelOf(pkg) ?? (pkg.source && pkg.source.name !== '' ? pkg.source : undefined)
  const sameName = !source || source.name === pkg.name
  const found: Lookup[] = []
  subject.sources.forEach((name, rank) => {
    if (found.length > 0 && speaksForTheRest(name, subject.sources[rank - 1])) return
    const ask = (asked: string, as: Lookup['as'], version: string) => {
      for (const record of advisories.find(name, ecosystem.normalizeName(asked)))
        if (sameName || meant(record, family, as))
          found.push({ record, ecosystem: name, rank, as, name: asked, version })
    }
    if (sameName) ask(pkg.name, 'binary', ownVersion(subject))
    else {
      ask(pkg.name, 'binary', pkg.version)
      if (source) ask(source.name, 'source', source.version === '' ? pkg.version : source.version)
    }
  })
  for (const group of archiveGroups(pkg, advisories))
    subject.sources.forEach((source, rank) => {
      const name = `${group}:${pkg.name}`
      for (const record of advisories.find(source, name))
        found.push({ record, ecosystem: source, rank, as: 'binary', name, version: pkg.version, probable: true })
    })
  const repository = ecosystem.class === 'lang-pkgs' ? repositoryOf(pkg) : undefined
  if (repository !== undefined)
    for (const record of advisories.find(gitEcosystem, repository))
      found.push({
        record,
        ecosystem: gitEcosystem,
        rank: subject.sources.length,
        as: 'binary',
        name: repository,
        version: pkg.extra?.commit ?? pkg.version,
      })
  return found
}

/**
 * Debian and Ubuntu sign kernels in a source of their own (`linux-signed-amd64`, `linux-signed-aws`), which holds nothing but signatures: their trackers speak of the
 * source that was signed, whose version the binary packages keep.
 */
function signedKernelOf({ type, version, source }: Package): Package['source'] {
  const line = type === 'deb' ? /^linux-signed(-.+)?$/.exec(source?.name ?? '') : null
  if (!line) return undefined
  return { name: `linux${(line[1] ?? '').replace(/-(?:amd64|arm64|i386|armhf|ppc64el|s390x)$/, '')}`, version }
}

/**
 * Whether a list is only for packages that the one before it does not know: Ubuntu Pro's while the release is supported. Each package is kept up in one of the two, and what
 * Pro's says of one that the plain list follows is about other builds of it.
 */
function speaksForTheRest(name: string, before: string | undefined): boolean {
  return (
    before !== undefined && name.startsWith('Ubuntu:Pro:') && before === `Ubuntu:${name.slice('Ubuntu:Pro:'.length)}`
  )
}

/** A package that is its own source's namesake may still have another version: Debian's binary rebuilds (`+b1`) are judged by the source's. */
function ownVersion({ package: pkg, family }: Subject): string {
  const stated = pkg.source?.version
  return family?.naming === 'source' && stated !== undefined && stated !== '' ? stated : pkg.version
}

function meant(record: AdvisoryRecord, family: DistroFamily | undefined, as: Lookup['as']): boolean {
  const naming = record.names ?? family?.naming ?? 'both'
  return naming === 'both' || naming === as
}
