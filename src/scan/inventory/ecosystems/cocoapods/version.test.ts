import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of cocoapods', () => {
  it('orders 1.0.0-beta.1 to 1.10', () => assertAscending(versions, ['1.0.0-beta.1', '1.0.0', '1.0.1', '1.10']))
  it('takes for one 1.0 1.0.0 1.0.0+build', () => assertEqual(versions, ['1.0', '1.0.0', '1.0.0+build']))
  it('says so when versions cannot be compared', () => assertIncomparable(versions, [['x', '1']]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['~> 1.2', '1.9', '2.0'],
      ['>= 1.0, < 2.0', '1.5', '2.0'],
    ]))
})
