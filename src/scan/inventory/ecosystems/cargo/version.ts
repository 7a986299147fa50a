import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { familyRules, readPartial } from '../../versions/partial.ts'
import { compareSemver } from '../../versions/semver.ts'

const compare: VersionScheme['compare'] = (a, b) => compareSemver(a, b)
const rules = familyRules(compare, '-0')

/**
 * SemVer order; requirements as Cargo's "Specifying Dependencies" and the semver crate have them: a bare version is a caret requirement, `1.2.*` all that begin so,
 * `>1.2` starts at 1.3.0, `<=1.2` ends before 1.3.0, commas mean "and". RustSec writes its `patched` and `unaffected` lists in it.
 * Pre-releases lie in a range by their order alone: an advisory's range is no dependency choice.
 */
export const versions: VersionScheme = {
  compare,
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

const ranges = {
  compare,
  operators: {
    '': (version: string, operand: string) =>
      readPartial(operand)?.wildcard ? rules.prefix(version, operand) : rules.caret(version, operand),
    '=': rules.exact,
    '==': rules.exact,
    '!=': rules.not,
    '^': rules.caret,
    '~': rules.tilde,
    '<=': rules.atMost,
    '>': rules.above,
    '<': rules.ordered('<'),
    '>=': rules.ordered('>='),
  },
}
