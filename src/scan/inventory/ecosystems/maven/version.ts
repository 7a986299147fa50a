import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareMaven } from '../../versions/maven.ts'

/** Maven's order (POM reference, "Version Order Specification") and ranges: intervals `[1.0,2.0)`, `(,1.0],[1.2,)`, or operators; a bare version names itself. */
export const versions: VersionScheme = {
  compare: compareMaven,
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: compareMaven }),
}
