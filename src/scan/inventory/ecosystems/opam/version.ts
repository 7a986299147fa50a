import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { comparePart } from '../../versions/debian-part.ts'
import { satisfiesExpression } from '../../versions/expression.ts'

/** opam manual, "Version ordering": Debian's order over the whole text, without epoch and revision: `~` first, then letters, then the rest; digits as numbers. Ranges: `>= "1.0" & < "2.0"`, `|`. */
export const versions: VersionScheme = {
  compare(left, right) {
    const a = left.trim().replace(/^v(?=\d)/, '')
    const b = right.trim().replace(/^v(?=\d)/, '')
    if (!readable.test(a) || !readable.test(b)) return undefined
    return comparePart(a, 0, a.length, b, 0, b.length)
  },
  satisfies: (version, range) =>
    satisfiesExpression(version, range, { compare: versions.compare, prepare: text => text.replaceAll('"', '') }),
}

const readable = /^[0-9A-Za-z+._~-]+$/
