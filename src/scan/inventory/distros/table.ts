import type { Distro } from '../../../base/model/distro.ts'
import { ubuntuVersion } from './ubuntu.ts'

/** What advisories call packages: by the source package, by the binary one, or sometimes one and sometimes the other. */
export type Naming = 'source' | 'binary' | 'both'

/** What the matcher must know about one family of operating systems. */
export interface DistroFamily {
  /** Trivy's family name: `Distro.family`. */
  family: string
  /** Other names of the same: os-release's `ID`, purl `distro=`. */
  alsoKnownAs: string[]
  naming: Naming
  /**
   * The vendor states every flaw it knows of, fixed or not, so that its silence means "not affected". False where only fixes are listed
   * (Alpine secdb, ALAS …): there a language package inside an OS package is still judged by its own ecosystem's advisories.
   */
  complete: boolean
  /** The vendor's records without a fix are real statements. False for secdb feeds that list fixes only: an entry without one says nothing. */
  statesUnfixed: boolean
  /** Release as the vendor's feed counts it: `12.5` → `12`, `3.19.1` → `v3.19`. */
  release(distro: Distro): string
  /** OSV name before the colon. `''`: nobody publishes advisories for it. */
  ecosystem: string
  /** In the vendor field of the distribution's own packages, lower case, where that vendor is a third party elsewhere. */
  vendor?: string
  /** endoflife.date product; its cycle is `cycle` of the distribution or else `release`. */
  product?: string
  cycle?(distro: Distro): string
}

const first = (distro: Distro) => numbers(distro, 1)
const firstTwo = (distro: Distro) => numbers(distro, 2)
const rolling = () => ''

/** The first `count` numbers of the version: `9.3` → `9`, `2 (Karoo)` → `2`. `''` when there are none. */
function numbers(distro: Distro, count: number): string {
  const match = /\d+(?:\.\d+)*/.exec(distro.version)
  return match ? match[0].split('.').slice(0, count).join('.') : ''
}

function debianRelease(distro: Distro): string {
  const suite = /^([a-z]+)(?:\/sid)?/.exec(distro.version)
  return suite ? (suite[1] ?? '') : numbers(distro, 1)
}

/** `22.04.3`, and the codename where a bill of materials has that alone. */
function ubuntuRelease(distro: Distro): string {
  return ubuntuVersion(distro.version) ?? firstTwo(distro)
}

/** /etc/apk/repositories may be ahead of os-release (or `edge`): then the packages are that release's. */
function alpineRelease(distro: Distro): string {
  const version = distro.repositoryVersion ?? alpineOf(distro)
  if (/edge|_alpha|_beta/.test(version)) return 'edge'
  const match = /\d+\.\d+/.exec(version)
  return match ? `v${match[0]}` : ''
}

/**
 * postmarketOS is built on Alpine's packages: `v24.06` on 3.20, `v24.12` on 3.21, and so on, one of each every half year (https://postmarketos.org/blog/); its edge on edge.
 */
function alpineOf({ family, version }: Distro): string {
  const [, year, month] = (family === 'postmarketos' && /^v?(\d\d)\.(06|12)/.exec(version)) || []
  return year ? `3.${(Number(year) - 24) * 2 + (month === '06' ? 20 : 21)}` : version
}

/** 2018.03 and its like are Amazon Linux 1; 2, 2022 and 2023 are their own. */
function amazonRelease(distro: Distro): string {
  const major = numbers(distro, 1)
  if (major === '') return ''
  return major === '2' || Number(major) >= 2022 ? major : '1'
}

/** The first one ended by its own dates: `2018.03`; who says `1` has its last. */
function amazonCycle(distro: Distro): string {
  if (amazonRelease(distro) !== '1') return amazonRelease(distro)
  return /\d{4}\.\d{2}/.exec(distro.version)?.[0] ?? '2018.03'
}

function photonRelease(distro: Distro): string {
  const version = numbers(distro, 2)
  return version.includes('.') || version === '' ? version : `${version}.0`
}

function suseRelease(distro: Distro): string {
  const sp = /^(\d+)[ -]?SP ?(\d+)/i.exec(distro.version)
  return sp ? `${sp[1]}.${sp[2]}` : numbers(distro, 2).replace(/\.0$/, '')
}

/** VERSION_ID is `22.03`; whether that is long-term support, and of which service pack, stands in VERSION: `22.03 (LTS-SP3)`. */
function openEulerRelease(distro: Distro): string {
  const told = distro.release.VERSION ?? ''
  const version = told.startsWith(distro.version) ? told : distro.version
  const [, number, lts, sp] = /^(\d+\.\d+)(?:[ (-]*(LTS))?(?:[ -]*(SP\d+))?/i.exec(version) ?? []
  if (number === undefined) return distro.version
  return `${number}${lts ? '-LTS' : ''}${sp ? `-${sp.toUpperCase()}` : ''}`
}

/** Package feeds in the manner of Alpine's secdb, by others: they list fixes and nothing else. */
const secdbs = new Set(['Wolfi', 'Chainguard', 'MinimOS', 'SecureOS'])

type Row = Omit<DistroFamily, 'family' | 'alsoKnownAs'>
const rows: [string, Row][] = [
  ['debian', { ...stated('Debian', 'source'), release: debianRelease, product: 'debian' }],
  ['raspbian', { ...stated('Debian', 'source'), release: debianRelease, product: 'debian' }],
  ['ubuntu', { ...stated('Ubuntu', 'source'), release: ubuntuRelease, product: 'ubuntu' }],
  [
    'alpine alpinelinux postmarketos',
    {
      ...fixesOnly('Alpine', 'source'),
      release: alpineRelease,
      product: 'alpine-linux',
      cycle: firstTwo,
      statesUnfixed: true,
    },
  ],
  ['alpaquita', { ...fixesOnly('Alpaquita', 'both'), release: distro => distro.version }],
  ['wolfi', { ...fixesOnly('Wolfi', 'both'), release: rolling }],
  ['chainguard', { ...fixesOnly('Chainguard', 'both'), release: rolling }],
  ['minimos', { ...fixesOnly('MinimOS', 'both'), release: rolling }],
  ['secureos', { ...fixesOnly('SecureOS', 'both'), release: rolling }],
  ['echo', { ...stated('Echo', 'source'), complete: false, release: rolling }],
  ['redhat rhel rhcos', { ...stated('Red Hat', 'binary'), release: firstTwo, product: 'rhel', cycle: first }],
  ['centos', { ...stated('Red Hat', 'binary'), release: first, product: 'centos' }],
  ['alma almalinux', { ...stated('AlmaLinux', 'binary'), release: first, product: 'almalinux' }],
  ['rocky rockylinux', { ...stated('Rocky Linux', 'binary'), release: first, product: 'rocky-linux' }],
  ['oracle ol oraclelinux', { ...fixesOnly('Oracle Linux', 'binary'), release: first, product: 'oracle-linux' }],
  [
    'amazon amzn amazonlinux',
    { ...fixesOnly('Amazon Linux', 'binary'), release: amazonRelease, product: 'amazon-linux', cycle: amazonCycle },
  ],
  ['hummingbird', { ...stated('Hummingbird', 'both'), release: rolling }],
  ['fedora', { ...fixesOnly('Fedora', 'binary'), release: first, product: 'fedora' }],
  [
    'suse-linux-enterprise-server sles suse sled sles_sap sles-sap sle_hpc sle-hpc',
    { ...stated('SUSE', 'binary'), release: suseRelease, product: 'sles' },
  ],
  [
    'suse-linux-enterprise-micro slem sle-micro sl-micro suse-microos',
    { ...stated('SUSE Micro', 'binary'), release: firstTwo },
  ],
  [
    'opensuse-leap opensuse opensuse.leap',
    {
      ...stated('openSUSE', 'binary'),
      release: distro => prefixed('Leap ', firstTwo(distro)),
      product: 'opensuse',
      cycle: firstTwo,
    },
  ],
  [
    'opensuse-leap-micro',
    { ...stated('openSUSE', 'binary'), release: distro => prefixed('Leap Micro ', firstTwo(distro)) },
  ],
  [
    'opensuse-tumbleweed tumbleweed opensuse.tumbleweed opensuse-microos opensuse-slowroll',
    { ...stated('openSUSE', 'binary'), release: () => 'Tumbleweed' },
  ],
  [
    'photon',
    { ...stated('Photon OS', 'both'), complete: false, release: photonRelease, product: 'photon', cycle: firstTwo },
  ],
  [
    'azurelinux azure mariner cbl-mariner',
    { ...stated('Azure Linux', 'source'), release: first, product: 'azure-linux', vendor: 'microsoft' },
  ],
  ['arch archlinux', { ...stated('Arch Linux', 'both'), complete: false, release: rolling }],
  ['gentoo', { ...fixesOnly('Gentoo', 'both'), release: rolling }],
  ['openeuler', { ...fixesOnly('openEuler', 'binary'), release: openEulerRelease }],
  ['bottlerocket', { ...fixesOnly('Bottlerocket', 'binary'), release: rolling }],
  ['mageia', { ...fixesOnly('Mageia', 'both'), release: first }],
]

/** Every family, by each of its names. */
const families = new Map<string, DistroFamily>()
for (const [names, row] of rows) {
  const [family = '', ...alsoKnownAs] = names.split(' ')
  const entry = { ...row, family, alsoKnownAs }
  for (const name of [family, ...alsoKnownAs]) families.set(name, entry)
}

/** The families this table knows. */
export const distroFamilies: readonly DistroFamily[] = [...new Set(families.values())]

/** The family by any of its names (`rhel`, `redhat`; spaces and dashes alike), or undefined. */
export function distroFamily(name: string): DistroFamily | undefined {
  return families.get(name.trim().toLowerCase().replaceAll(' ', '-'))
}

function stated(ecosystem: string, naming: Naming) {
  return { ecosystem, naming, complete: true, statesUnfixed: true }
}

function fixesOnly(ecosystem: string, naming: Naming) {
  return { ecosystem, naming, complete: false, statesUnfixed: !secdbs.has(ecosystem) }
}

function prefixed(head: string, text: string): string {
  return text === '' ? '' : head + text
}
