import type { Package } from '../../../base/model/package.ts'
import { type Purl, parsePurl } from '../../../base/purl.ts'
import type { ArtifactIdentity } from './decision.ts'

/** Whether a statement's purl names this package: type, namespace and name alike; version and each qualifier where the statement has one. */
export function purlNames(statement: string, pkg: Pick<Package, 'purl' | 'version'>): boolean {
  const wanted = parsePurl(statement)
  const own = parsePurl(pkg.purl)
  if (!wanted || !own || wanted.type !== own.type) return false
  if (folded(wanted, wanted.name) !== folded(own, own.name)) return false
  if ((wanted.namespace ?? '').toLowerCase() !== (own.namespace ?? '').toLowerCase()) return false
  if (wanted.version !== undefined && ![own.version, pkg.version].some(one => sameVersion(wanted, one))) return false
  if (wanted.subpath !== undefined && wanted.subpath !== own.subpath) return false
  return Object.entries(wanted.qualifiers).every(([key, value]) => own.qualifiers[key] === value)
}

/** Go's versions begin with a `v`, which some leave out. */
function sameVersion({ type, version }: Purl, other: string | undefined): boolean {
  if (type !== 'golang') return version === other
  return version?.replace(/^v(?=\d)/, '') === other?.replace(/^v(?=\d)/, '')
}

function folded(purl: Purl, name: string): string {
  return purl.type === 'pypi' ? name.toLowerCase().replaceAll(/[-_.]+/g, '-') : name
}

/** Whether a product id names the artifact: `pkg:oci/app@sha256:…?repository_url=registry.example.org/team/app`, or its name as it stands. */
export function productNames(statement: string, artifact: ArtifactIdentity | undefined): boolean {
  if (!artifact) return false
  const names = [artifact.name, ...(artifact.otherNames ?? [])]
  if (names.includes(statement)) return true
  const { purl } = artifact
  if (purl !== undefined && purlNames(statement, { purl, version: '' })) return true
  const wanted = parsePurl(statement)
  if (!wanted || (wanted.type !== 'oci' && wanted.type !== 'docker')) return false
  return names.some(name => isImage(wanted, name, artifact.digests))
}

function isImage(wanted: Purl, name: string, digests: string[]): boolean {
  const { repository, tag } = reference(name)
  if (wanted.name.toLowerCase() !== repository.slice(repository.lastIndexOf('/') + 1).toLowerCase()) return false
  const { repository_url: url, tag: wantedTag } = wanted.qualifiers
  if (url !== undefined && hub(url) !== hub(repository)) return false
  if (wantedTag !== undefined && wantedTag !== tag) return false
  if (wanted.version === undefined) return true
  return digests.includes(wanted.version) || wanted.version === tag
}

/** Whether a package is in the artifact by nothing but a product of these purls: what else needs it is not spoken of. */
export function isInside(products: readonly string[], pkg: Package, artifact: ArtifactIdentity | undefined): boolean {
  return artifact?.onlyThrough?.(pkg, one => products.some(product => purlNames(product, one))) ?? false
}

function reference(name: string): { repository: string; tag?: string } {
  const bare = name.split('@', 1)[0] as string
  const colon = bare.lastIndexOf(':')
  if (colon <= bare.lastIndexOf('/')) return { repository: bare }
  return { repository: bare.slice(0, colon), tag: bare.slice(colon + 1) }
}

/** Docker Hub's short names in full. */
function hub(repository: string): string {
  const name = repository.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '')
  return name.toLowerCase()
}
