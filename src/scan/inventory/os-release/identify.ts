import type { Distro } from '../../../base/model/distro.ts'

type Identity = Pick<Distro, 'family' | 'version'>
type Read = (path: string) => string | undefined

/** `ID` of os-release to Trivy's family names, where they differ. */
const families: Record<string, string> = {
  rhel: 'redhat',
  rhcos: 'redhat',
  almalinux: 'alma',
  ol: 'oracle',
  amzn: 'amazon',
  sles: 'suse-linux-enterprise-server',
  sle_hpc: 'suse-linux-enterprise-server',
  'sles-sap': 'suse-linux-enterprise-server',
  'sle-micro': 'suse-linux-enterprise-micro',
  'sl-micro': 'suse-linux-enterprise-micro',
  'suse-microos': 'suse-linux-enterprise-micro',
  mariner: 'cbl-mariner',
  archlinux: 'arch',
}

/** The family and version, from os-release where there is one, else from the files that older or smaller systems have instead. */
export function identify(release: Record<string, string>, read: Read): Identity | undefined {
  const id = release.ID?.toLowerCase()
  if (id === undefined || id === '') return identifyByFiles(read)
  const family = families[id] ?? id
  return { family, version: versionOf(family, release, read) }
}

/** The version as the family's advisories and users write it: some keep more in a file of their own than os-release says. */
function versionOf(family: string, release: Record<string, string>, read: Read): string {
  const stated = release.VERSION_ID ?? ''
  switch (family) {
    case 'debian':
      return debianVersion(stated, read('etc/debian_version'))
    case 'alpine':
      return firstLine(read('etc/alpine-release')) ?? stated
    case 'centos':
      return numberIn(read('etc/centos-release')) ?? stated
    case 'amazon':
      return release.VERSION ?? stated
    case 'redhat':
      return release.ID?.toLowerCase() === 'rhcos' ? coreOsVersion(release) : stated
    default:
      return stated
  }
}

/** Red Hat CoreOS counts as OpenShift does (`4.16`) and says of which release it is: `RHEL_VERSION=9.4`, or in earlier ones `VERSION=412.86.2023…`. */
function coreOsVersion(release: Record<string, string>): string {
  const [, major, minor] = /^\d{3,4}\.(\d)(\d{1,2})\./.exec(release.VERSION ?? '') ?? []
  return release.RHEL_VERSION ?? (major ? `${major}.${minor}` : (release.VERSION_ID ?? ''))
}

/** Testing and unstable have no VERSION_ID; /etc/debian_version then says `trixie/sid`. A number there is the more exact one (`12.5`). */
function debianVersion(stated: string, file: string | undefined): string {
  const line = firstLine(file)
  return line !== undefined && /^\d/.test(line) && (stated === '' || line.split('.')[0] === stated.split('.')[0])
    ? line
    : stated || (line ?? '')
}

function identifyByFiles(read: Read): Identity | undefined {
  const alpine = firstLine(read('etc/alpine-release'))
  if (alpine !== undefined) return { family: 'alpine', version: alpine }
  const lsb = read('etc/lsb-release')
  const ubuntu = lsb && /^DISTRIB_ID=Ubuntu$/m.test(lsb) ? /^DISTRIB_RELEASE=(\S+)/m.exec(lsb)?.[1] : undefined
  if (ubuntu !== undefined) return { family: 'ubuntu', version: ubuntu }
  const debian = firstLine(read('etc/debian_version'))
  if (debian !== undefined) return { family: 'debian', version: debian }
  return identifyRedHatLike(read) ?? identifySuse(read) ?? identifyRest(read)
}

/** `CentOS release 6.10 (Final)`, `Red Hat Enterprise Linux Server release 7.9 (Maipo)`, `Amazon Linux release 2 (Karoo)`. The most specific file first. */
function identifyRedHatLike(read: Read): Identity | undefined {
  const files = ['oracle', 'almalinux', 'rocky', 'centos', 'fedora', 'redhat', 'system']
  for (const name of files) {
    const line = firstLine(read(`etc/${name}-release`) ?? read(`usr/lib/${name}-release`))
    const match = line === undefined ? undefined : /^(.{1,100}?) (?:(?:Linux )?release|Linux) ([\d.]+)/i.exec(line)
    const family = match && redHatLike.find(([word]) => match[1]!.toLowerCase().includes(word))?.[1]
    if (family) return { family, version: match[2]! }
  }
  return undefined
}

const redHatLike: [string, string][] = [
  ['oracle', 'oracle'],
  ['alma', 'alma'],
  ['rocky', 'rocky'],
  ['centos', 'centos'],
  ['fedora', 'fedora'],
  ['amazon', 'amazon'],
  ['red hat', 'redhat'],
]

/** `SUSE Linux Enterprise Server 12 (x86_64)` with `VERSION = 12` and `PATCHLEVEL = 3` below. */
function identifySuse(read: Read): Identity | undefined {
  const text = read('etc/SuSE-release')
  if (text === undefined) return undefined
  const version = /^VERSION\s*=\s*([\d.]+)/m.exec(text)?.[1] ?? ''
  const patch = /^PATCHLEVEL\s*=\s*(\d+)/m.exec(text)?.[1]
  if (/^openSUSE/i.test(text)) return { family: 'opensuse', version }
  return {
    family: 'suse-linux-enterprise-server',
    version: patch && patch !== '0' ? `${version}.${patch}` : version,
  }
}

function identifyRest(read: Read): Identity | undefined {
  const photon = numberIn(read('etc/photon-release'))
  if (photon !== undefined) return { family: 'photon', version: photon }
  const azure = numberIn(read('etc/azurelinux-release'))
  if (azure !== undefined) return { family: 'azurelinux', version: azure }
  const mariner = numberIn(read('etc/mariner-release'))
  if (mariner !== undefined) return { family: 'cbl-mariner', version: mariner }
  const gentoo = numberIn(read('etc/gentoo-release'))
  if (gentoo !== undefined) return { family: 'gentoo', version: gentoo }
  return read('etc/arch-release') === undefined ? undefined : { family: 'arch', version: '' }
}

function firstLine(text: string | undefined): string | undefined {
  const line = (text ?? '').split('\n', 1)[0]!.trim()
  return line === '' ? undefined : line
}

function numberIn(text: string | undefined): string | undefined {
  return /\d+(?:\.\d+)*/.exec(firstLine(text) ?? '')?.[0]
}
