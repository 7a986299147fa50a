import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { withoutEnd } from '../../../../base/trim.ts'
import { compareNumbers, compareText, type Order, orderOf } from '../../versions/digits.ts'
import { satisfiesExpression } from '../../versions/expression.ts'

/**
 * Gentoo's Package Manager Specification, 3.2 and 3.3:
 *
 *     version = number *( "." number ) [ letter ] *( "_" ( "alpha" / "beta" / "pre" / "rc" / "p" ) [ number ] ) [ "-r" number ]
 *
 * The first number by value, the others by value too unless one has a leading zero: then as text without zeros at the end. More numbers are newer (12.2 < 12.2.0).
 * Then the letter, the suffixes (alpha < beta < pre < rc < none < p), the revision (absent is 0).
 */
const grammar = /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?$/
const suffixes = ['alpha', 'beta', 'pre', 'rc', '', 'p']

export const versions: VersionScheme = {
  compare(left, right) {
    const a = grammar.exec(left.trim())
    const b = grammar.exec(right.trim())
    if (!a || !b) return undefined
    return (
      compareReleases(a[1]!.split('.'), b[1]!.split('.')) ||
      compareText(a[2]!, b[2]!) ||
      compareSuffixes(a[3]!.split('_').slice(1), b[3]!.split('_').slice(1)) ||
      compareNumbers(a[4] ?? '0', b[4] ?? '0')
    )
  },
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: versions.compare }),
}

function compareReleases(a: string[], b: string[]): Order {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const order = at === 0 ? compareNumbers(a[0]!, b[0]!) : compareLaterNumbers(a[at]!, b[at]!)
    if (order !== 0) return order
  }
  return orderOf(a.length - b.length)
}

function compareLaterNumbers(a: string, b: string): Order {
  if (!a.startsWith('0') && !b.startsWith('0')) return compareNumbers(a, b)
  return compareText(withoutEnd(a, '0'), withoutEnd(b, '0'))
}

function compareSuffixes(a: string[], b: string[]): Order {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const x = /^([a-z]*)(\d*)$/.exec(a[at] ?? '')!
    const y = /^([a-z]*)(\d*)$/.exec(b[at] ?? '')!
    const order = orderOf(suffixes.indexOf(x[1]!) - suffixes.indexOf(y[1]!)) || compareNumbers(x[2]!, y[2]!)
    if (order !== 0) return order
    if (a[at] === undefined || b[at] === undefined) return a[at] === undefined ? -1 : 1
  }
  return 0
}
