import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { familyRules } from '../../versions/partial.ts'
import { compareSemver } from '../../versions/semver.ts'

const compare: VersionScheme['compare'] = (a, b) => compareSemver(a, b, { compareBuild: true })

/** pub_semver: SemVer, with builds ordered too (none before any). Constraints: `^1.2.3`, `>=1.0.0 <2.0.0`, `any`. */
export const versions: VersionScheme = {
  compare,
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

const ranges = {
  compare,
  prepare: (range: string) => (range.trim() === 'any' ? '' : range),
  operators: { '^': familyRules(compare, '-0').caret },
}
