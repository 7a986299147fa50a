import type { AdvisoryRecord, FeedItem, VersionInterval } from '../../base/model/advisory.ts'
import type { EcosystemTraits } from '../../base/model/ecosystem.ts'
import { canonicalEcosystem } from '../inventory/distros/names.ts'
import { ecosystemTraits } from '../inventory/ecosystems/traits.ts'
import { readConstraint } from './match/constraint.ts'

/** OSV's names of language ecosystems and the purl types that the packages of ours have. */
const purlTypes = new Map([
  ['npm', 'npm'],
  ['PyPI', 'pypi'],
  ['RubyGems', 'gem'],
  ['crates.io', 'cargo'],
  ['Go', 'golang'],
  ['Maven', 'maven'],
  ['NuGet', 'nuget'],
  ['Packagist', 'composer'],
  ['Pub', 'pub'],
  ['Hex', 'hex'],
  ['SwiftURL', 'swift'],
  ['CRAN', 'cran'],
  ['Hackage', 'hackage'],
  ['ConanCenter', 'conan'],
  ['CocoaPods', 'cocoapods'],
  ['Julia', 'julia'],
  ['Kubernetes', 'k8s'],
  ['Bitnami', 'bitnami'],
  ['NVD', 'generic'],
  ['GitHub Actions', 'github'],
  ['VSCode', 'vscode-extension'],
  ['WordPress', 'wordpress'],
  ['Bioconductor', 'cran'],
  ['CPAN', 'cpan'],
  ['LuaRocks', 'luarocks'],
  ['opam', 'opam'],
  ['vcpkg', 'vcpkg'],
])

/**
 * A feed's record as the database keeps it: the ecosystem's one spelling, the package's name as look-ups ask for it, and of the versions listed beside
 * ranges those alone that the ranges leave out.
 */
export function normalizeItem(item: FeedItem): FeedItem {
  if (item.kind !== 'record') return item
  const ecosystem = canonicalEcosystem(item.ecosystem)
  const traits = traitsOf(ecosystem)
  return {
    ...item,
    ecosystem,
    name: traits?.normalizeName(item.name) ?? item.name,
    record: withoutRepeated(item.record, traits),
  }
}

/** Distributions list the versions of their ranges, no others: there the list goes as a whole. */
function withoutRepeated(record: AdvisoryRecord, traits: EcosystemTraits | undefined): AdvisoryRecord {
  const { versions, ...ranges } = record
  if (versions === undefined || (record.intervals.length === 0 && record.vulnerable === undefined)) return record
  if (traits !== undefined && record.status === 'not_affected' && record.intervals.every(isEmpty))
    return { ...record, intervals: [] }
  if (traits === undefined || record.status === 'not_affected') return ranges
  const others = versions.filter(version => readConstraint(version, ranges, traits.versions).vulnerable !== 'yes')
  return others.length === 0 ? ranges : { ...ranges, versions: others }
}

/** Names no version: `introduced` and `fixed` at the very start, or neither. Of what is not affected then the listed versions alone are meant. */
const isEmpty = ({ introduced = '0', fixed = '0', lastAffected }: VersionInterval): boolean =>
  introduced === '0' && fixed === '0' && lastAffected === undefined

const known = new Map<string, EcosystemTraits | undefined>()

/** Of a language's ecosystem, whoever's rebuilds it is about (`Seal:PyPI`). */
function traitsOf(ecosystem: string): EcosystemTraits | undefined {
  if (!known.has(ecosystem)) {
    const type = purlTypes.get(ecosystem.replace(/^(?:Seal|Root):/, ''))
    known.set(
      ecosystem,
      ecosystemTraits.find(candidate => candidate.type === type),
    )
  }
  return known.get(ecosystem)
}
