import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareNumberLists } from '../../versions/number-list.ts'

/** R's `package_version`: numbers separated by "." or "-", the longer of two equal beginnings is newer. Ranges as in DESCRIPTION: `>= 1.0`, joined by commas. */
export const versions: VersionScheme = {
  compare: compareNumberLists,
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: compareNumberLists }),
}
