import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of hex', () => {
  it('orders 1.0.0-dev to 1.1.0', () => assertAscending(versions, ['1.0.0-dev', '1.0.0-rc.0', '1.0.0', '1.1.0']))
  it('takes for one 1.0.0 1.0.0+b', () => assertEqual(versions, ['1.0.0', '1.0.0+b']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['x', '1.0.0'],
      ['0123456789abcdef0123456789abcdef01234567', '1.0.0'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['~> 2.1', '2.1.0 2.9.9', '3.0.0 2.0.9'],
      ['~> 2.1.3', '2.1.9', '2.2.0'],
      ['>= 1.0.0 and < 2.0.0', '1.9.0', '2.0.0'],
      ['~> 1.0 or ~> 3.0', '1.5.0 3.1.0', '2.0.0'],
    ]))
})
