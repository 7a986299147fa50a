import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { comparePep440, hasLocal, publicPart, releaseOf } from '../../versions/pep440.ts'

const { compare }: Pick<VersionScheme, 'compare'> = { compare: comparePep440 }

/**
 * PEP 440 order and version specifiers (`~= == != <= >= < > ===`, `==1.2.*`, comma is "and"), as advisories use them:
 * `=` is `==`, `||` is "or"; a local version (`1.0+ubuntu1`) counts only where the bound has one; pre- and post-releases lie in a range by their
 * order alone: PEP 440's rule that `<2.0` excludes `2.0rc1` keeps an installer from choosing it and would call an affected version clean.
 */
export const versions: VersionScheme = {
  compare,
  toBound,
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

/** Order of a candidate to a bound: the candidate's local part only counts where the bound has one. */
function toBound(version: string, bound: string): -1 | 0 | 1 | undefined {
  return compare(hasLocal(version) && !hasLocal(bound) ? publicPart(version) : version, bound)
}

function equals(version: string, operand: string): boolean | undefined {
  if (operand.endsWith('.*')) return startsWith(version, operand.slice(0, -2))
  const order = toBound(version, operand)
  return order === undefined ? undefined : order === 0
}

/** `==1.2.*`: epoch and first numbers are the same. */
function startsWith(version: string, prefix: string): boolean | undefined {
  const whole = releaseOf(version)
  const begin = releaseOf(prefix)
  if (!whole || !begin) return undefined
  if (whole.epoch !== begin.epoch) return false
  return begin.numbers.every((number, at) => (whole.numbers[at] ?? '0') === number)
}

/** `~=1.4.2`: `>=1.4.2, ==1.4.*`. */
function compatible(version: string, operand: string): boolean | undefined {
  const order = toBound(version, operand)
  const bound = releaseOf(operand)
  const own = releaseOf(version)
  if (order === undefined || !bound || !own || bound.numbers.length < 2) return undefined
  const kept = bound.numbers.slice(0, -1)
  return order >= 0 && own.epoch === bound.epoch && kept.every((number, at) => (own.numbers[at] ?? '0') === number)
}

const negate = (answer: boolean | undefined): boolean | undefined => (answer === undefined ? undefined : !answer)

const ranges = {
  compare: toBound,
  operators: {
    '': equals,
    '=': equals,
    '==': equals,
    '!=': (version: string, operand: string) => negate(equals(version, operand)),
    '===': (version: string, operand: string) => version.trim().toLowerCase() === operand.toLowerCase(),
    '~=': compatible,
  },
}
