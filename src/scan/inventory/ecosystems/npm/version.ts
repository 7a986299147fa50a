import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { familyRules } from '../../versions/partial.ts'
import { compareSemver } from '../../versions/semver.ts'

const compare: VersionScheme['compare'] = (a, b) => compareSemver(a, b)
const rules = familyRules(compare, '-0')

/**
 * SemVer order and node-semver's range grammar (`^ ~ x-ranges, a - b, ||`), commas allowed, with the difference that security advisories need:
 * a pre-release lies in a range by its order alone, not only where a bound of the same numbers names a pre-release;
 * and `>1.2` begins right after 1.2.0, since an advisory that writes it means an exact version.
 */
export const versions: VersionScheme = {
  compare,
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

const ranges = {
  compare,
  hyphen: true,
  operators: {
    '': rules.exact,
    '=': rules.exact,
    '==': rules.exact,
    '!=': rules.not,
    '^': rules.caret,
    '~': rules.tilde,
    '~>': rules.tilde,
    '<=': rules.atMost,
    '<': rules.ordered('<'),
    '>': rules.ordered('>'),
    '>=': rules.ordered('>='),
  },
}
