import { deepEqual, equal } from 'node:assert/strict'
import type { VersionScheme } from '../../../base/model/ecosystem.ts'

/** For tests: every version of the list comes before all that follow it, in both directions. */
export function assertAscending(scheme: VersionScheme, list: string[]): void {
  for (const [at, lower] of list.entries())
    for (const higher of list.slice(at + 1)) {
      equal(scheme.compare(lower, higher), -1, `${lower} < ${higher}`)
      equal(scheme.compare(higher, lower), 1, `${higher} > ${lower}`)
    }
}

/** For tests: all versions of the list are one. */
export function assertEqual(scheme: VersionScheme, list: string[]): void {
  for (const a of list) for (const b of list) equal(scheme.compare(a, b), 0, `${a} = ${b}`)
}

/** For tests: none of the pairs can be compared. */
export function assertIncomparable(scheme: VersionScheme, pairs: [string, string][]): void {
  for (const [a, b] of pairs) {
    equal(scheme.compare(a, b), undefined, `${a} ? ${b}`)
    equal(scheme.compare(b, a), undefined, `${b} ? ${a}`)
  }
}

/** For tests: range → versions inside, versions outside. */
export function assertRanges(scheme: VersionScheme, rows: [range: string, inside: string, outside: string][]): void {
  for (const [range, inside, outside] of rows) {
    const answers = (versions: string) =>
      versions
        .split(' ')
        .filter(Boolean)
        .map(version => [version, scheme.satisfies(version, range)])
    deepEqual(
      answers(inside),
      answers(inside).map(([version]) => [version, true]),
      `inside ${range}`,
    )
    deepEqual(
      answers(outside),
      answers(outside).map(([version]) => [version, false]),
      `outside ${range}`,
    )
  }
}
