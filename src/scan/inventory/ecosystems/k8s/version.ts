import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareSemver } from '../../versions/semver.ts'

/** Kubernetes: SemVer, with or without a `v`. Distributors' builds (`v1.27.3+k3s1`, `-gke.100`) are of the release that they name. */
export const versions: VersionScheme = {
  compare: (a, b) => compareSemver(released(a), released(b)),
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: versions.compare }),
}

function released(version: string): string {
  return version.trim().replace(/^(v?\d+\.\d+\.\d+)-(?:gke|eks)[.-].*$/, '$1')
}
