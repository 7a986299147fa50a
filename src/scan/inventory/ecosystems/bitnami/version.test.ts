import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of bitnami', () => {
  it('orders 8.0.9-5 to 8.1.1', () => assertAscending(versions, ['8.0.9-5', '8.1.0', '8.1.0-1', '8.1.0-10', '8.1.1']))
  it('takes for one 8.1.0-0 8.1.0', () => assertEqual(versions, ['8.1.0-0', '8.1.0']))
  it('says so when versions cannot be compared', () => assertIncomparable(versions, [['x', '1.0']]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['<= 8.1.0', '8.1.0-3 8.1.0', '8.1.1-0'],
      ['< 8.1.0-3', '8.1.0-2', '8.1.0-3'],
      ['>= 8.0.0, < 8.1.0', '8.0.9-5', '8.1.0-1'],
    ]))
})
