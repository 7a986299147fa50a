import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareGem, pessimisticGem } from '../../versions/gem.ts'

/** Pod::Version is Gem::Version with build metadata (`+…`) left out; requirements are RubyGems'. */
export const versions: VersionScheme = {
  compare: (a, b) => compareGem(withoutBuild(a), withoutBuild(b)),
  satisfies: (version, range) => satisfiesExpression(version, range, ranges),
}

const withoutBuild = (version: string): string => version.replace(/\+.*$/s, '')

const ranges = {
  compare: versions.compare,
  operators: { '~>': (version: string, operand: string) => pessimisticGem(withoutBuild(version), operand) },
}
