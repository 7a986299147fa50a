import { JennerError } from '../../base/errors.ts'
import type { VersionScheme } from '../../base/model/ecosystem.ts'
import { versions as alpm } from './ecosystems/alpm/version.ts'
import { versions as apk } from './ecosystems/apk/version.ts'
import { versions as bitnami } from './ecosystems/bitnami/version.ts'
import { versions as cargo } from './ecosystems/cargo/version.ts'
import { versions as cocoapods } from './ecosystems/cocoapods/version.ts'
import { versions as composerVerdict } from './ecosystems/composer/version.ts'
import { versions as conan } from './ecosystems/conan/version.ts'
import { versions as conda } from './ecosystems/conda/version.ts'
import { versions as cpan } from './ecosystems/cpan/version.ts'
import { versions as cran } from './ecosystems/cran/version.ts'
import { versions as deb } from './ecosystems/deb/version.ts'
import { versions as ebuild } from './ecosystems/ebuild/version.ts'
import { versions as gem } from './ecosystems/gem/version.ts'
import { versions as github } from './ecosystems/github/version.ts'
import { versions as golang } from './ecosystems/golang/version.ts'
import { versions as hackage } from './ecosystems/hackage/version.ts'
import { versions as hex } from './ecosystems/hex/version.ts'
import { versions as julia } from './ecosystems/julia/version.ts'
import { versions as luarocks } from './ecosystems/luarocks/version.ts'
import { versions as maven } from './ecosystems/maven/version.ts'
import { versions as nix } from './ecosystems/nix/version.ts'
import { versions as npm } from './ecosystems/npm/version.ts'
import { versions as nuget } from './ecosystems/nuget/version.ts'
import { versions as opam } from './ecosystems/opam/version.ts'
import { versions as pub } from './ecosystems/pub/version.ts'
import { versions as pypi } from './ecosystems/pypi/version.ts'
import { versions as rpm } from './ecosystems/rpm/version.ts'
import { versions as swift } from './ecosystems/swift/version.ts'
import { fuzzy } from './versions/fuzzy.ts'
import { comparePhp } from './versions/php.ts'

/** For sorting, PHP's version_compare gives branches (`dev-main`) a place before all numbers; a verdict must not: no advisory says when a branch was repaired. */
const composer: VersionScheme = { ...composerVerdict, compare: comparePhp }

/** Version order and range language by purl type; also for the types that no extractor of ours finds. */
const schemes = new Map<string, VersionScheme>(
  Object.entries({
    alpm,
    apk,
    bitnami,
    cargo,
    cocoapods,
    composer,
    conan,
    conda,
    cpan,
    cran,
    deb,
    ebuild,
    gem,
    github,
    golang,
    hackage,
    hex,
    julia,
    luarocks,
    maven,
    nix,
    npm,
    nuget,
    opam,
    pub,
    pypi,
    rpm,
    swift,
    generic: fuzzy,
  }),
)

/** purl types (and names the field uses as such) that follow another one's order, or none. */
const borrowed: Record<string, VersionScheme> = {
  bioconductor: cran,
  brew: fuzzy,
  chrome: fuzzy,
  deno: npm,
  docker: fuzzy,
  flatpak: fuzzy,
  helm: npm,
  jsr: npm,
  oci: fuzzy,
  opkg: deb,
  otp: npm,
  portage: ebuild,
  snap: fuzzy,
  terraform: npm,
  vcpkg: fuzzy,
  'vscode-extension': npm,
  wordpress: fuzzy,
}
for (const [type, scheme] of Object.entries(borrowed)) schemes.set(type, scheme)

/** The purl types whose versions Jenner can order. */
export const versionedTypes = (): string[] => [...schemes.keys()].sort()

/** The scheme of a purl type; JennerError bad_argument when there is none. */
export function schemeOf(ecosystem: string): VersionScheme {
  const scheme = schemes.get(ecosystem)
  if (!scheme) throw new JennerError('bad_argument', `ecosystem ${JSON.stringify(ecosystem)} is not a known purl type`)
  return scheme
}

/** Order of two versions of an ecosystem (a purl type); `undefined`: cannot be compared. Throws JennerError bad_argument for an unknown ecosystem. */
export function compareVersions(ecosystem: string, a: string, b: string): -1 | 0 | 1 | undefined {
  return schemeOf(ecosystem).compare(a, b)
}

/** Whether a version lies in a range written in its ecosystem's own language; `undefined`: cannot be told. Throws JennerError bad_argument for an unknown ecosystem. */
export function satisfies(ecosystem: string, version: string, range: string): boolean | undefined {
  return schemeOf(ecosystem).satisfies(version, range)
}
