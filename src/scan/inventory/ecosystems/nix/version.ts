import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { compareNumbers, compareText, type Order } from '../../versions/digits.ts'
import { satisfiesExpression } from '../../versions/expression.ts'

/** Nix manual, `builtins.compareVersions`: parts are runs of digits and of other characters, "." and "-" only separate; `pre` < none < words < numbers. */
export const versions: VersionScheme = {
  compare(left, right) {
    const a = partsOf(left)
    const b = partsOf(right)
    if (!a || !b) return undefined
    for (let at = 0; at < Math.max(a.length, b.length); at++) {
      const order = comparePart(a[at] ?? '', b[at] ?? '')
      if (order !== 0) return order
    }
    return 0
  },
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: versions.compare }),
}

function partsOf(version: string): string[] | undefined {
  const text = version.trim()
  return text === '' || /\s/.test(text) ? undefined : (text.match(/\d+|[^\d.-]+/g) ?? [])
}

const rank = (part: string): number => (part === 'pre' ? 0 : part === '' ? 1 : /^\d/.test(part) ? 3 : 2)

function comparePart(a: string, b: string): Order {
  if (rank(a) !== rank(b)) return rank(a) < rank(b) ? -1 : 1
  return rank(a) === 3 ? compareNumbers(a, b) : compareText(a, b)
}
