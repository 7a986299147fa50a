import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareFuzzy } from '../../versions/fuzzy.ts'
import { familyRules } from '../../versions/partial.ts'

const rules = familyRules(compareFuzzy, '-0')

/** Conan: SemVer with any count of numbers and letters behind them (`1.1.1w`). Ranges stand in brackets: `[>=1.0 <2]`, `[~1.2]`, `[^1.2 || 3.1]`. */
export const versions: VersionScheme = {
  compare: compareFuzzy,
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

const ranges = {
  compare: compareFuzzy,
  prepare: (range: string) =>
    range.replace(/^\s*\[|\]\s*$/g, '').replace(/,\s*(?:include_prerelease|loose)\b[^,|]*/g, ''),
  operators: { '^': rules.caret, '~': rules.tilde },
}
