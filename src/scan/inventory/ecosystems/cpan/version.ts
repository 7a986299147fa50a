import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { compareNumbers, type Order } from '../../versions/digits.ts'
import { satisfiesExpression } from '../../versions/expression.ts'

/**
 * Perl's version objects (version(3perl)): dotted `v1.2.3`, or decimal `1.002003`, whose digits behind the point are read by threes (1.5 is v1.500.0).
 * Underscores have no weight. Missing numbers are 0. Ranges as in META.json: `>= 1.2, != 1.5, < 2.0`; a bare version is a minimum there, but names itself in an advisory.
 */
export const versions: VersionScheme = {
  compare(left, right) {
    const a = numbersOf(left)
    const b = numbersOf(right)
    return a && b ? compareLists(a, b) : undefined
  },
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: versions.compare }),
}

function numbersOf(text: string): string[] | undefined {
  const version = text
    .trim()
    .replaceAll('_', '')
    .replace(/-TRIAL\d*$/, '')
  if (/^v\d+(?:\.\d+)*$/.test(version) || /^\d+(?:\.\d+){2,}$/.test(version)) return version.replace('v', '').split('.')
  const match = /^(\d*)(?:\.(\d*))?$/.exec(version)
  if (!match || version === '' || version === '.') return undefined
  const groups = (match[2] ?? '').match(/\d{1,3}/g) ?? []
  return [match[1] || '0', ...groups.map(group => group.padEnd(3, '0'))]
}

function compareLists(a: string[], b: string[]): Order {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const order = compareNumbers(a[at] ?? '0', b[at] ?? '0')
    if (order !== 0) return order
  }
  return 0
}
