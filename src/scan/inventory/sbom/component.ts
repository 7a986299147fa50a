import type { Distro } from '../../../base/model/distro.ts'
import type { LayerRef, Package } from '../../../base/model/package.ts'
import { formatPurl, type Purl, packageNameOf, parsePurl } from '../../../base/purl.ts'
import { distroFamily } from '../distros/table.ts'

/** What an SBOM says of one component, whatever the format. */
export interface Component {
  /** bom-ref or SPDXID. */
  ref: string
  kind: 'package' | 'os'
  group?: string
  name: string
  version: string
  purl?: string
  /** `cpe:2.3:a:VENDOR:PRODUCT:VERSION:…` or `cpe:/a:VENDOR:PRODUCT:VERSION`. */
  cpe?: string
  licenses: string[]
  /** The writing tool's own properties: `aquasecurity:trivy:SrcName`, `syft:metadata:source` … */
  properties: Map<string, string>
  path?: string
  /** deb: Maintainer; rpm: Vendor. */
  supplier?: string
  dependsOn: string[]
  /** `ref` of the package that brought the file in which this one was found, where the writing tool says so. */
  ownedBy?: string
}

/** Everything read off one SBOM. */
export interface Sbom {
  format: 'cyclonedx' | 'spdx'
  /** What the document describes, if it says. */
  subject?: {
    name: string
    purl?: string
    imageId?: string
    diffIds: string[]
    repoTags: string[]
    repoDigests: string[]
  }
  components: Component[]
  problems: string[]
  /** Addresses of VEX documents that it names. */
  vexReferences?: string[]
  /** It came in an in-toto statement or an envelope, which somebody else says something about: nothing of that was verified. */
  attested?: boolean
}

/** purl types of distributions' packages. */
export const osTypes = new Set(['deb', 'rpm', 'apk', 'alpm', 'ebuild'])

/** The package that a component is, or undefined where it is none (neither purl, CPE nor version: a file, an application's root). */
export function packageOf(component: Component, foundBy: string): Package | undefined {
  const purl = component.purl ? parsePurl(component.purl) : undefined
  const product = component.cpe === undefined ? undefined : productOf(component.cpe)
  if (!purl && !product && component.version === '') return undefined
  const property = (name: string) => component.properties.get(`aquasecurity:trivy:${name}`)
  const type = purl?.type ?? 'generic'
  const name = nameOf(component, purl) || (product?.name ?? '')
  if (name === '') return undefined
  const stated = purl && epochTypes.has(type) ? withEpoch(purl, component.version) : purl?.version
  const version = stated || component.version || (product?.version ?? '')
  const written = purl && component.purl ? component.purl : formatPurl({ type, name: component.name || name, version })
  const found: Package = {
    id: purl ? written : component.ref || written,
    name,
    version,
    type,
    purl: written,
    foundBy: property('PkgType') ?? property('Type') ?? component.properties.get('syft:package:type') ?? foundBy,
    path:
      property('FilePath') ??
      component.path ??
      component.properties.get('syft:location:0:path')?.replace(/^\/+/, '') ??
      '',
    licenses: component.licenses,
    dependsOn: component.dependsOn,
  }
  const layer = layerOf(component)
  if (layer) found.layer = layer
  const arch = purl?.qualifiers.arch
  if (arch) found.arch = arch
  const module =
    purl?.qualifiers.rpmmod ?? property('Modularitylabel') ?? component.properties.get('syft:metadata:modularityLabel')
  if (module !== undefined) found.module = module
  const source = osTypes.has(type) ? sourceOf(component, purl, found) : undefined
  if (source) found.source = source
  const maintainer =
    component.properties.get('syft:metadata:maintainer') ?? (osTypes.has(type) ? component.supplier : undefined)
  if (maintainer) found.maintainer = maintainer
  const linked = ourFact(component, 'LinkedPackages')
  const roots = ourFact(component, 'ClassRoots')
  if (linked !== undefined || roots !== undefined)
    found.extra = {
      ...(linked !== undefined && { linkedPackages: linked }),
      ...(roots !== undefined && { classRoots: roots }),
    }
  return found
}

/** Product and version of a CPE, in either of its bindings (NISTIR 7695); `*` and `-` are no version. */
function productOf(cpe: string): { name: string; version: string } | undefined {
  const [, rest] = /^cpe:(?:2\.3:|\/)[aoh]:(.{1,1000})$/.exec(cpe.trim()) ?? []
  if (rest === undefined) return undefined
  const [, name = '', version = ''] = rest.split(/(?<!\\):/, 3).map(part => part.replace(/\\(.)/g, '$1'))
  return name === '' ? undefined : { name, version: version === '*' || version === '-' ? '' : version }
}

/** A fact that no other tool writes: a property of ours in CycloneDX, an attribution text in SPDX. */
export function ourFact(
  { properties }: Component,
  name: 'LinkedPackages' | 'ClassRoots' | 'OwnedBy',
): string | undefined {
  return properties.get(`jenner:${name}`) ?? properties.get(`aquasecurity:trivy:${name}`)
}

/** As the purl has it; where that is the stated name in the ecosystem's normal form (`django` for `Django`), as stated. */
function nameOf({ group, name }: Component, purl: Purl | undefined): string {
  if (purl === undefined) return group ? `${group}/${name}` : name
  const named = packageNameOf(purl)
  const plain = (text: string): string => text.toLowerCase().replace(/[-_.]+/g, '-')
  return purl.type === 'pypi' && plain(name) === plain(named) ? name : named
}

const epochTypes = new Set(['deb', 'rpm'])

/** Versions of these carry the epoch in a purl qualifier: `pkg:rpm/…@1.0.2k-16.el7?epoch=1` is `1:1.0.2k-16.el7`. */
function withEpoch(purl: Purl, stated: string): string {
  const version = purl.version ?? stated
  const epoch = purl.qualifiers.epoch
  return epoch && epoch !== '0' && /^\d+$/.test(epoch) && !version.includes(':') ? `${epoch}:${version}` : version
}

/**
 * The source package, from (in order) the writing tool's properties (`SrcName`, `SrcVersion`, `SrcRelease`, `SrcEpoch`; `syft:metadata:source…`),
 * the purl's `upstream` (`name@version`, or for RPM the file name `name-version-release.src.rpm`), else the package itself.
 */
function sourceOf(component: Component, purl: Purl | undefined, found: Package): Package['source'] {
  const property = (name: string) => component.properties.get(`aquasecurity:trivy:${name}`)
  const named = property('SrcName')
  if (named) {
    const release = property('SrcRelease')
    const epoch = property('SrcEpoch')
    const version = property('SrcVersion')
    return {
      name: named,
      version: version
        ? `${epoch && epoch !== '0' ? `${epoch}:` : ''}${version}${release ? `-${release}` : ''}`
        : found.version,
    }
  }
  const upstream = purl?.qualifiers.upstream ?? component.properties.get('syft:metadata:sourceRpm') ?? ''
  const rpm = /^(.+)-([^-]+)-([^-]+)\.(?:no)?src\.rpm$/.exec(upstream)
  if (rpm) return { name: rpm[1]!, version: `${rpm[2]}-${rpm[3]}` }
  if (upstream !== '') {
    const at = upstream.indexOf('@')
    return at > 0
      ? { name: upstream.slice(0, at), version: upstream.slice(at + 1) }
      : { name: upstream, version: found.version }
  }
  const source =
    component.properties.get('syft:metadata:source') ?? component.properties.get('syft:metadata:originPackage')
  if (source) return { name: source, version: component.properties.get('syft:metadata:sourceVersion') || found.version }
  return { name: found.name, version: found.version }
}

function layerOf({ properties }: Component): LayerRef | undefined {
  const digest = properties.get('aquasecurity:trivy:LayerDigest')
  const diffId = properties.get('aquasecurity:trivy:LayerDiffID') ?? properties.get('syft:location:0:layerID')
  if (!digest && !diffId) return undefined
  return { index: -1, ...(digest && { digest }), ...(diffId && { diffId }) }
}

/** The distribution: the operating-system component, else what the packages' purls say in `distro=ID-VERSION`. */
export function distroOf(components: Component[]): Distro | undefined {
  const stated = components.find(({ kind }) => kind === 'os')
  if (stated) return distro(stated.properties.get('aquasecurity:trivy:Type') ?? stated.name, stated.version)
  for (const { purl: text } of components) {
    const purl = text ? parsePurl(text) : undefined
    if (!purl || !osTypes.has(purl.type)) continue
    const parts = /^(.+?)-([^-]*)$/.exec(purl.qualifiers.distro ?? '')
    if (parts) return distro(parts[1]!, parts[2]!)
  }
  return undefined
}

function distro(id: string, version: string): Distro {
  const family = distroFamily(id.toLowerCase())?.family ?? id.toLowerCase()
  return { family, version, release: { ID: id.toLowerCase(), VERSION_ID: version } }
}
