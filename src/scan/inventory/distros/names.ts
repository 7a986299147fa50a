import { ubuntuVersion } from './ubuntu.ts'

/**
 * One spelling per ecosystem of advisories, so that feeds and look-ups meet.
 * OSV's names are the base (https://ossf.github.io/osv-schema/#defined-ecosystems); other spellings that feeds use are folded into them:
 * `Ubuntu:22.04:LTS` → `Ubuntu:22.04`, `Alpine:3.18` → `Alpine:v3.18`, `Debian:bookworm` → `Debian:12`, `SUSE:Linux Enterprise Server 15 SP6` → `SUSE:15.6`,
 * `Red Hat:enterprise_linux:9::baseos` → `Red Hat:9`, `Red Hat:rhel_eus:9.4::appstream` → `Red Hat:9.4-eus`, `CBL-Mariner:2.0` → `Azure Linux:2`.
 */
export function canonicalEcosystem(name: string): string {
  const trimmed = name.trim()
  const known = cache.get(trimmed)
  if (known !== undefined) return known
  const answer = canonical(trimmed)
  if (cache.size < 4096) cache.set(trimmed, answer)
  return answer
}

const cache = new Map<string, string>()

const debianCodenames = new Map([
  ['jessie', '8'],
  ['stretch', '9'],
  ['buster', '10'],
  ['bullseye', '11'],
  ['bookworm', '12'],
  ['trixie', '13'],
  ['forky', '14'],
  ['duke', '15'],
  ['sid', 'unstable'],
])

/** Debian's version number for a codename, or the name itself: `bookworm` → `12`. */
export function debianVersion(name: string): string {
  return debianCodenames.get(name.toLowerCase()) ?? name
}

function canonical(name: string): string {
  const colon = name.indexOf(':')
  const head = colon < 0 ? name : name.slice(0, colon)
  const rest = colon < 0 ? '' : name.slice(colon + 1)
  const rebuilder = /^(seal|root\.?io|root)[ ._:-]+(.+)$/i.exec(name)
  if (rebuilder) return `${/^seal/i.test(name) ? 'Seal' : 'Root'}:${canonicalEcosystem(rebuilder[2] as string)}`
  const family = foldings.get(fold(head))
  if (family) return family(rest)
  const spaced = colon < 0 ? /^(.+?)[ _-](v?\d[\w.]*(?:[- ](?:SP|LTS)[\w-]*)?|edge)$/i.exec(name) : undefined
  if (spaced && foldings.has(fold(spaced[1] as string))) return canonical(`${spaced[1]}:${spaced[2]}`)
  return languages.get(fold(head)) ?? name
}

function fold(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9.]/g, '')
}

const languages = new Map<string, string>(
  [
    'npm PyPI RubyGems crates.io Go Maven NuGet Packagist Pub Hex SwiftURL CRAN Hackage GHC ConanCenter CocoaPods Bitnami Julia opam',
    'GitHub Actions|VSCode|Android|OSS-Fuzz|Kubernetes|Linux|Bioconductor|WordPress|Homebrew',
  ]
    .flatMap(line => line.split(line.includes('|') ? '|' : ' '))
    .map(name => [fold(name), name] as const),
)
for (const [tool, name] of [
  ['pip', 'PyPI'],
  ['rubygem', 'RubyGems'],
  ['composer', 'Packagist'],
  ['cargo', 'crates.io'],
  ['rust', 'crates.io'],
  ['golang', 'Go'],
  ['erlang', 'Hex'],
  ['conan', 'ConanCenter'],
  ['swift', 'SwiftURL'],
] as const)
  languages.set(tool, name)

/** `Name:version` with the version shortened to `parts` numbers. */
function versioned(name: string, parts: number): (rest: string) => string {
  return rest => (rest === '' ? name : `${name}:${shorten(rest, parts)}`)
}

function shorten(version: string, parts: number): string {
  return /^\d/.test(version) ? version.split('.').slice(0, parts).join('.') : version
}

function plain(name: string): () => string {
  return () => name
}

function ubuntu(rest: string): string {
  const parts = rest.split(':').filter(part => part.toUpperCase() !== 'LTS' && part !== '')
  const last = parts.pop()
  if (last === undefined) return 'Ubuntu'
  const esm = /^(\d+\.\d+)[-+]ESM$/i.exec(last)
  if (esm) return `Ubuntu:Pro:${esm[1]}`
  return ['Ubuntu', ...parts, shorten(ubuntuVersion(last) ?? last, 2)].join(':')
}

function alpine(rest: string): string {
  const version = rest.replace(/^v/i, '')
  if (version === '') return 'Alpine'
  return /^\d/.test(version) ? `Alpine:v${shorten(version, 2)}` : `Alpine:${version.toLowerCase()}`
}

function debian(rest: string): string {
  return rest === '' ? 'Debian' : `Debian:${shorten(debianVersion(rest), 1)}`
}

/**
 * OSV's Red Hat names end in a CPE without its head: `enterprise_linux:9::baseos`, `rhel_eus:9.4::appstream`. From release 10 on the main line's CPEs name the minor release too
 * (`enterprise_linux:10.1`), which is that line's all the same: whoever stays behind on 10.0 gets the fix with 10.1. The long-life variants are of their main variant's packages.
 */
function redhat(rest: string): string {
  const cpe = /^(enterprise_linux|rhel_[a-z0-9_]+):(\d+)(\.\d+)?(?:::.*)?$/.exec(rest)
  if (/^hummingbird(?::|$)/.test(rest)) return 'Hummingbird'
  if (cpe) {
    const [, product = '', major = '', minor = ''] = cpe
    if (product === 'enterprise_linux') return `Red Hat:${major}`
    return `Red Hat:${major}${minor}-${product.slice(5).replace(/_long_life$/, '')}`
  }
  return rest === '' ? 'Red Hat' : `Red Hat:${rest.toLowerCase().replace('+', '-')}`
}

/** `Linux Enterprise Server 15 SP6-LTSS`, `Linux Enterprise Module for Basesystem 15 SP6`, `Linux Enterprise 15-SP3`, `15.6`, `SLES 15 SP6`. */
function suse(rest: string): string {
  const micro = /micro[^0-9]*(\d+(?:\.\d+)?)/i.exec(rest)
  if (micro) return `SUSE Micro:${micro[1]}`
  const text = /(\d+)(?:[ -]?SP ?|\.)(\d+)/i.exec(rest)
  if (text) return text[2] === '0' ? `SUSE:${text[1]}` : `SUSE:${text[1]}.${text[2]}`
  const major = /(\d+)/.exec(rest)
  return major ? `SUSE:${major[1]}` : 'SUSE'
}

function opensuse(rest: string): string {
  if (/tumbleweed/i.test(rest)) return 'openSUSE:Tumbleweed'
  const version = /(\d+\.\d+)/.exec(rest)
  return version ? `openSUSE:Leap ${/micro/i.test(rest) ? 'Micro ' : ''}${version[1]}` : 'openSUSE'
}

function azure(rest: string): string {
  return rest === '' ? 'Azure Linux' : `Azure Linux:${shorten(rest, 1)}`
}

const foldings = new Map<string, (rest: string) => string>([
  ['debian', debian],
  ['debiangnulinux', debian],
  ['ubuntu', ubuntu],
  ['alpine', alpine],
  ['alpinelinux', alpine],
  ['redhat', redhat],
  ['redhatenterpriselinux', redhat],
  ['centos', redhat],
  ['rhel', redhat],
  ['almalinux', versioned('AlmaLinux', 1)],
  ['alma', versioned('AlmaLinux', 1)],
  ['rockylinux', versioned('Rocky Linux', 1)],
  ['rocky', versioned('Rocky Linux', 1)],
  ['oraclelinux', versioned('Oracle Linux', 1)],
  ['oracle', versioned('Oracle Linux', 1)],
  ['amazonlinux', versioned('Amazon Linux', 1)],
  ['amazon', versioned('Amazon Linux', 1)],
  ['fedora', versioned('Fedora', 1)],
  ['suse', suse],
  ['suselinuxenterprise', suse],
  ['suselinuxenterpriseserver', suse],
  ['suselinuxenterprisemicro', rest => suse(`Micro ${rest}`)],
  ['susemicro', rest => suse(`Micro ${rest}`)],
  ['opensuse', opensuse],
  ['opensuseleap', rest => opensuse(`Leap ${rest}`)],
  ['opensuseleapmicro', rest => opensuse(`Leap Micro ${rest}`)],
  ['opensusetumbleweed', () => 'openSUSE:Tumbleweed'],
  ['photonos', versioned('Photon OS', 2)],
  ['photon', versioned('Photon OS', 2)],
  ['azurelinux', azure],
  ['cblmariner', azure],
  ['mariner', azure],
  ['wolfi', plain('Wolfi')],
  ['chainguard', plain('Chainguard')],
  ['minimos', plain('MinimOS')],
  ['secureos', plain('SecureOS')],
  ['echo', plain('Echo')],
  ['archlinux', plain('Arch Linux')],
  ['arch', plain('Arch Linux')],
  ['gentoo', plain('Gentoo')],
  ['bottlerocket', plain('Bottlerocket')],
  ['hummingbird', plain('Hummingbird')],
  ['openeuler', rest => (rest === '' ? 'openEuler' : `openEuler:${rest}`)],
  ['epel', versioned('EPEL', 1)],
  ['mageia', versioned('Mageia', 1)],
  ['alpaquita', rest => (rest === '' ? 'Alpaquita' : `Alpaquita:${rest}`)],
])
