import type { Distro } from '../../../base/model/distro.ts'
import { debianVersion } from './names.ts'
import { distroFamily } from './table.ts'
import { ubuntuVersion } from './ubuntu.ts'

/** Devuan's codenames and the Debian release whose packages each is made of. */
const devuan = new Map([
  ['beowulf', '10'],
  ['chimaera', '11'],
  ['daedalus', '12'],
  ['excalibur', '13'],
])

/** Those that install Arch's own packages and add a few. Manjaro and SteamOS hold packages back, so Arch's word does not fit their versions. */
const onArch = new Set(['endeavouros', 'garuda', 'archarm', 'arcolinux'])

/**
 * The distribution whose packages a derived one installs as they are, and whose advisories therefore speak of them: os-release names it
 * (`UBUNTU_CODENAME=jammy` of Linux Mint, Pop!_OS, elementary, `DEBIAN_CODENAME=bookworm` of LMDE). The same distribution where nothing is derived or nobody known.
 */
export function judgedAs(distro: Distro | undefined): Distro | undefined {
  if (!distro || distroFamily(distro.family)) return distro
  const { UBUNTU_CODENAME = '', DEBIAN_CODENAME, VERSION_CODENAME = '', ID_LIKE = '' } = distro.release
  const ubuntu = ubuntuVersion(UBUNTU_CODENAME)
  if (ubuntu !== undefined) return { ...distro, family: 'ubuntu', version: ubuntu }
  const codename = DEBIAN_CODENAME ?? VERSION_CODENAME
  const debian = distro.family === 'devuan' ? devuan.get(codename.split(' ')[0] as string) : debianVersion(codename)
  if (/\bdebian\b/.test(`${ID_LIKE} ${distro.family === 'devuan' ? 'debian' : ''}`) && debian && /^\d+$/.test(debian))
    return { ...distro, family: 'debian', version: debian }
  return onArch.has(distro.family) ? { ...distro, family: 'arch', version: '' } : distro
}
