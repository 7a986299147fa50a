import type { FeedItem } from '../../base/model/advisory.ts'
import { canonicalEcosystem } from '../inventory/distros/names.ts'
import { ecosystemTraits } from '../inventory/ecosystems/traits.ts'

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
  ['Bitnami', 'bitnami'],
  ['NVD', 'generic'],
])

/** A feed's record as the database keeps it: the ecosystem's one spelling, the package's name as look-ups ask for it. */
export function normalizeItem(item: FeedItem): FeedItem {
  if (item.kind !== 'record') return item
  const ecosystem = canonicalEcosystem(item.ecosystem)
  return { ...item, ecosystem, name: normalizerOf(ecosystem)(item.name) }
}

const normalizers = new Map<string, (name: string) => string>()

function normalizerOf(ecosystem: string): (name: string) => string {
  const known = normalizers.get(ecosystem)
  if (known !== undefined) return known
  const type = purlTypes.get(ecosystem)
  const found = ecosystemTraits.find(candidate => candidate.type === type)
  const normalizer = found === undefined ? (name: string) => name : (name: string) => found.normalizeName(name)
  normalizers.set(ecosystem, normalizer)
  return normalizer
}
