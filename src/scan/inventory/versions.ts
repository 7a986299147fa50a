import { JennerError } from '../../base/errors.ts'
import type { VersionScheme } from '../../base/model/ecosystem.ts'
import { versions as apk } from './ecosystems/apk/version.ts'
import { versions as cargo } from './ecosystems/cargo/version.ts'
import { versions as composer } from './ecosystems/composer/version.ts'
import { versions as deb } from './ecosystems/deb/version.ts'
import { versions as gem } from './ecosystems/gem/version.ts'
import { versions as golang } from './ecosystems/golang/version.ts'
import { versions as maven } from './ecosystems/maven/version.ts'
import { versions as npm } from './ecosystems/npm/version.ts'
import { versions as nuget } from './ecosystems/nuget/version.ts'
import { versions as pypi } from './ecosystems/pypi/version.ts'
import { versions as rpm } from './ecosystems/rpm/version.ts'

/** Version order and range language by purl type; also for the types that no extractor of ours finds. */
const schemes = new Map<string, VersionScheme>(
  Object.entries({ apk, cargo, composer, deb, gem, golang, maven, npm, nuget, pypi, rpm }),
)

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
