import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { compareConda, startsWithConda } from '../../versions/conda.ts'
import { satisfiesExpression } from '../../versions/expression.ts'

const prefix = (version: string, operand: string): boolean | undefined =>
  startsWithConda(version, operand.replace(/\.?\*$/, ''))

function exact(version: string, operand: string): boolean | undefined {
  if (operand.endsWith('*')) return prefix(version, operand)
  const order = compareConda(version, operand)
  return order === undefined ? undefined : order === 0
}

/** conda's VersionOrder and match specifications: `==1.2` that version, `=1.2` and `1.2.*` all that begin so, `,` is "and", `|` is "or". */
export const versions: VersionScheme = {
  compare: compareConda,
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

const ranges = {
  compare: compareConda,
  operators: {
    '': exact,
    '==': exact,
    '=': prefix,
    '!=': (version: string, operand: string) => {
      const same = exact(version, operand)
      return same === undefined ? undefined : !same
    },
    '~=': (version: string, operand: string) => {
      const order = compareConda(version, operand)
      const begins = startsWithConda(version, operand.replace(/\.[^.]*$/, ''))
      return order === undefined || begins === undefined ? undefined : order >= 0 && begins
    },
  },
}
