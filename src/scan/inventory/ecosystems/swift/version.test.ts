import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of swift', () => {
  it('orders 1.0.0-beta to 1.0.1', () => assertAscending(versions, ['1.0.0-beta', '1.0.0', '1.0.1']))
  it('takes for one 1.0.0 v1.0.0', () => assertEqual(versions, ['1.0.0', 'v1.0.0']))
  it('says so when versions cannot be compared', () => assertIncomparable(versions, [['main', '1.0.0']]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['1.0.0..<2.0.0', '1.9.0', '2.0.0'],
      ['1.0.0...1.5.0', '1.5.0', '1.5.1'],
      ['"1.0.0"..<"2.0.0"', '1.0.0', '2.0.0'],
      ['>= 1.0, < 2', '1.5.0', '2.0.0'],
    ]))
})
