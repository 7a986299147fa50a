import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { familyRules } from '../../versions/partial.ts'
import { compareSemver } from '../../versions/semver.ts'

const compare: VersionScheme['compare'] = (a, b) => compareSemver(a, b)
const rules = familyRules(compare, '-0')

/** SemVer; ranges as in Pkg's `[compat]`: bare is caret, `^ ~ = < >=`, `a - b`, and a comma between versions means "or" (between bounds `>=1, <2` it means "and"). */
export const versions: VersionScheme = {
  compare,
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

const ranges = {
  compare,
  hyphen: true,
  prepare: (range: string) =>
    /[<>≥≤]/.test(range) ? range.replaceAll('≥', '>=').replaceAll('≤', '<=') : range.replaceAll(',', '||'),
  operators: { '': rules.caret, '^': rules.caret, '~': rules.tilde, '<=': rules.atMost },
}
