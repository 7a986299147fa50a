import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { familyRules, readPartial } from '../../versions/partial.ts'
import { comparePhp, isBranch } from '../../versions/php.ts'

const rules = familyRules(comparePhp, '-dev')

/**
 * Composer's order: versions brought to four numbers, then PHP's version_compare. Constraints as "Versions and constraints" of its manual:
 * `^ ~ 1.* a - b || , > >= < <= !=`, stability flags (`@beta`) without weight. A branch (`dev-main`) lies in no range of numbers and out of none:
 * the answer is "cannot be compared", except where a constraint names that very branch.
 */
export const versions: VersionScheme = {
  compare: (a, b) => (isBranch(a) === isBranch(b) ? comparePhp(a, b) : undefined),
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

type Rule = (version: string, operand: string) => boolean | undefined

const numbered =
  (rule: Rule): Rule =>
  (version, operand) =>
    isBranch(version) || isBranch(operand) ? undefined : rule(version, operand)

const exact: Rule = (version, operand) => {
  if (isBranch(operand)) return isBranch(version) ? version === operand : false
  if (isBranch(version)) return undefined
  return readPartial(operand)?.wildcard ? rules.prefix(version, operand) : rules.ordered('=')(version, operand)
}

const ranges = {
  compare: versions.compare,
  hyphen: true,
  prepare: (range: string) => range.replace(/@(?:dev|alpha|beta|rc|stable)\b/gi, ''),
  operators: {
    '': exact,
    '=': exact,
    '==': exact,
    '!=': (version: string, operand: string) => {
      const same = exact(version, operand)
      return same === undefined ? undefined : !same
    },
    '^': numbered(rules.caret),
    '~': numbered(rules.pessimistic),
    '<': numbered(rules.ordered('<')),
    '<=': numbered(rules.ordered('<=')),
    '>': numbered(rules.ordered('>')),
    '>=': numbered(rules.ordered('>=')),
  },
}
