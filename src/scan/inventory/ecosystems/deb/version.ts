import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { comparePart } from '../../versions/debian-part.ts'
import { compareDigits, digitsEnd } from '../../versions/digits.ts'
import { satisfiesExpression } from '../../versions/expression.ts'

const readable = /^(?:\d+:)?[0-9A-Za-z][0-9A-Za-z.+~:_-]*$/

/**
 * deb-version(7):
 *
 *     version = [epoch ":"] upstream-version ["-" debian-revision]
 *
 * The epoch is a number, 0 when absent; the revision begins after the last hyphen, "" (equal to 0) when absent. Both other parts compare by turns:
 * a run of non-digits, in which `~` sorts before everything, even the end, and letters before other characters; then a run of digits as a number.
 */
export const versions: VersionScheme = {
  compare(left, right) {
    const a = left.trim()
    const b = right.trim()
    if (!readable.test(a) || !readable.test(b)) return undefined
    const i = a.indexOf(':')
    const j = b.indexOf(':')
    if ((i >= 0 && digitsEnd(a, 0) !== i) || (j >= 0 && digitsEnd(b, 0) !== j)) return undefined
    const epoch = compareDigits(a, 0, Math.max(i, 0), b, 0, Math.max(j, 0))
    if (epoch !== 0) return epoch
    const aHyphen = a.lastIndexOf('-')
    const bHyphen = b.lastIndexOf('-')
    const aEnd = aHyphen < 0 ? a.length : aHyphen
    const bEnd = bHyphen < 0 ? b.length : bHyphen
    const upstream = comparePart(a, i + 1, aEnd, b, j + 1, bEnd)
    return upstream !== 0 ? upstream : comparePart(a, aEnd + 1, a.length, b, bEnd + 1, b.length)
  },
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: versions.compare }),
}
