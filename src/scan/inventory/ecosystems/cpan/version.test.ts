import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of cpan', () => {
  it('orders 0.01 to 10.0', () =>
    assertAscending(versions, ['0.01', '0.1', '1.002003', '1.3', '1.31', 'v1.310.1', 'v2.0.0', '10.0']))
  it('takes for one v1.2.3 1.002003 1.2.3', () => assertEqual(versions, ['v1.2.3', '1.002003', '1.2.3']))
  it('takes for one 1.5 1.50 1.500 v1.500.0', () => assertEqual(versions, ['1.5', '1.50', '1.500', 'v1.500.0']))
  it('takes for one 1.0_1 1.01', () => assertEqual(versions, ['1.0_1', '1.01']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['1.0', ''],
      ['1.0', 'undef'],
    ]))
  it('reads ranges', () => assertRanges(versions, [['>= 1.2, != 1.5, < 2.0', '1.3 1.25', '1.5 2.0']]))
})
