import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { compareDigits } from '../../versions/digits.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareSemver } from '../../versions/semver.ts'

const withRevision = /^(v?\d+(?:\.\d+)*)-r?(\d+)$/

/** Bitnami: SemVer of the software, and behind a hyphen the number of the packaging (`8.1.0-3`), later than none. A bound without it means every packaging. */
export const versions: VersionScheme = {
  compare(a, b) {
    const left = split(a)
    const right = split(b)
    const order = compareSemver(left.version, right.version)
    return order === 0
      ? compareDigits(left.revision, 0, left.revision.length, right.revision, 0, right.revision.length)
      : order
  },
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: toBound }),
  toBound,
}

function toBound(version: string, bound: string): -1 | 0 | 1 | undefined {
  return versions.compare(withRevision.test(bound.trim()) ? version : split(version).version, bound)
}

function split(text: string): { version: string; revision: string } {
  const match = withRevision.exec(text.trim())
  return match ? { version: match[1]!, revision: match[2]! } : { version: text, revision: '' }
}
