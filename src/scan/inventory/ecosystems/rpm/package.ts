import type { Distro } from '../../../../base/model/distro.ts'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import type { RpmHeader } from './header.ts'

/** One header as a package. Its `id` is NEVRA, unique within one database. */
export function packageOf(header: RpmHeader): FoundPackage {
  const release = `${header.version}-${header.release}`
  const version = header.epoch ? `${header.epoch}:${release}` : release
  const source = sourceOf(header.sourceRpm)
  return {
    id: `${header.name}-${version}.${header.arch ?? 'noarch'}`,
    name: header.name,
    version,
    licenses: header.license === undefined ? [] : [header.license],
    ...(header.arch === undefined ? {} : { arch: header.arch }),
    ...(header.vendor === undefined ? {} : { maintainer: header.vendor }),
    ...(source === undefined ? {} : { source }),
    // A header without the tag states that there is no module, unlike an SBOM that leaves it out.
    module: header.module ?? '',
    dependsOn: [],
    files: header.files,
    ...extraOf(header),
  }
}

function extraOf(header: RpmHeader): { extra?: Record<string, string> } {
  const extra: Record<string, string> = {}
  if (header.sourceRpm !== undefined) extra.srcRpm = header.sourceRpm
  if (header.installTime !== undefined) extra.installTime = String(header.installTime)
  return Object.keys(extra).length === 0 ? {} : { extra }
}

/**
 * `name-version-release.src.rpm` → name and `version-release`. A file name has no epoch, and the source's may differ from the package's:
 * it is unknown here, not 0.
 */
export function sourceOf(sourceRpm: string | undefined): { name: string; version: string } | undefined {
  const stem = sourceRpm?.replace(/\.(?:no)?src\.rpm$/, '')
  if (stem === undefined || stem === sourceRpm) return undefined
  const release = stem.lastIndexOf('-')
  const version = release < 0 ? -1 : stem.lastIndexOf('-', release - 1)
  return version < 1 ? undefined : { name: stem.slice(0, version), version: stem.slice(version + 1) }
}

/** Words in the Vendor tag of the packages that each family of distributions builds itself. */
const vendors: Record<string, string[]> = {
  redhat: ['red hat'],
  centos: ['centos', 'red hat'],
  fedora: ['fedora'],
  alma: ['alma'],
  rocky: ['rocky'],
  oracle: ['oracle'],
  amazon: ['amazon'],
  azurelinux: ['microsoft'],
  'cbl-mariner': ['microsoft'],
  photon: ['vmware', 'broadcom'],
  'suse-linux-enterprise-server': ['suse'],
  'suse-linux-enterprise-micro': ['suse'],
  'opensuse-leap': ['suse'],
  'opensuse-tumbleweed': ['suse'],
}

/** A package whose stated vendor is another than the distribution. Without a vendor, or on a family not listed, nothing is claimed. */
export function isThirdParty(item: FoundPackage, os: Distro | undefined): { thirdParty?: true } {
  const words = os === undefined ? undefined : vendors[os.family]
  const vendor = item.maintainer?.toLowerCase()
  if (words === undefined || vendor === undefined) return {}
  return words.some(word => vendor.includes(word)) ? {} : { thirdParty: true }
}
