import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { familyRules } from '../../versions/partial.ts'
import { compareSemver } from '../../versions/semver.ts'

/** A commit, which rebar.lock gives where others have a version, is in no order. */
const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

const compare: VersionScheme['compare'] = (a, b) => (commit.test(a) || commit.test(b) ? undefined : compareSemver(a, b))

/** Elixir's Version: SemVer; requirements `== != > >= < <= ~>` joined by `and`, `or`. `~> 2.1` is below 3.0, `~> 2.1.3` below 2.2. */
export const versions: VersionScheme = {
  compare,
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

const ranges = { compare, operators: { '~>': familyRules(compare, '-0').pessimistic } }
