import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareSemver } from '../../versions/semver.ts'

const compare: VersionScheme['compare'] = (a, b) => compareSemver(a, b)

/** SemVer; ranges with operators or as Swift writes them: `1.0.0..<2.0.0`, `1.0.0...1.9.9`. */
export const versions: VersionScheme = {
  compare,
  satisfies: (version, range) => satisfiesExpression(version, range, { compare, prepare }),
}

const prepare = (range: string): string =>
  range
    .replaceAll('"', '')
    .replace(/^\s*([^\s<]+?)\s*\.\.<\s*(\S+)\s*$/, '>=$1 <$2')
    .replace(/^\s*([^\s<]{1,200}?)\s{0,8}\.\.\.\s*(\S+)\s*$/, '>=$1 <=$2')
