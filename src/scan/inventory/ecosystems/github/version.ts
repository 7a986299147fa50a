import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareSemver } from '../../versions/semver.ts'

const commit = /^(?=.*[a-f])[0-9a-f]{7,64}$|^[0-9]{40}$/

/** Tags of actions and repositories, SemVer by custom (`v4`, `v4.1.2`). A commit or a branch cannot be compared. */
export const versions: VersionScheme = {
  compare: (a, b) => (commit.test(a.trim()) || commit.test(b.trim()) ? undefined : compareSemver(a, b)),
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: versions.compare }),
}
