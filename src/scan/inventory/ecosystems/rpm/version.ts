import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { digitsEnd } from '../../versions/digits.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareSegments } from '../../versions/rpmvercmp.ts'

/**
 * rpm-version(7), and "Epoch, version and release" of the RPM manual:
 *
 *     evr = [epoch ":"] version ["-" release]
 *
 * Epoch first (absent is 0), then version, then release, each by rpmvercmp. The release begins after the last hyphen;
 * where only one side has a release the other's counts as empty.
 */
export const versions: VersionScheme = {
  compare(left, right) {
    const a = left.trim()
    const b = right.trim()
    if (a === '' || b === '' || /\s/.test(a) || /\s/.test(b)) return undefined
    const i = epochEnd(a)
    const j = epochEnd(b)
    const epoch =
      i < 0 && j < 0 ? 0 : compareSegments(a.slice(0, Math.max(i, 0)) || '0', b.slice(0, Math.max(j, 0)) || '0')
    if (epoch !== 0) return epoch
    const aHyphen = hyphen(a, i)
    const bHyphen = hyphen(b, j)
    const version = compareSegments(a, b, i + 1, aHyphen, j + 1, bHyphen)
    return version !== 0 ? version : compareSegments(a, b, aHyphen + 1, a.length, bHyphen + 1, b.length)
  },
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: versions.compare }),
}

/** Where the colon behind an epoch stands, or -1: only digits make an epoch, and none is 0. */
function epochEnd(text: string): number {
  const at = digitsEnd(text, 0)
  return text.charCodeAt(at) === 58 ? at : -1
}

function hyphen(text: string, epochEnd: number): number {
  const at = text.lastIndexOf('-')
  return at > epochEnd ? at : text.length
}
