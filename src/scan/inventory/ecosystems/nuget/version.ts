import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { familyRules } from '../../versions/partial.ts'
import { compareSemver } from '../../versions/semver.ts'

const compare: VersionScheme['compare'] = (a, b) => compareSemver(a, b, { ignoreCase: true })
const rules = familyRules(compare, '-0')

/**
 * NuGet "Package versioning": up to four numbers, missing ones 0; SemVer 2 pre-releases compared without case; build metadata without weight.
 * Ranges: intervals `[1.0,2.0)`, `[1.0]`, `(,1.0)`, floating `1.*`; beside them the operators that advisories use. A bare version in an
 * advisory names that version (as a dependency it would be a minimum).
 */
export const versions: VersionScheme = {
  compare,
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

const ranges = {
  compare,
  operators: {
    '': (version: string, operand: string) =>
      /\*/.test(operand) ? rules.prefix(version, operand) : rules.ordered('=')(version, operand),
  },
}
