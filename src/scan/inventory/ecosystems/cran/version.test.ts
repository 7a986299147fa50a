import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of cran', () => {
  it('orders 0.1-2 to 1.0', () => assertAscending(versions, ['0.1-2', '0.1-10', '0.2', '0.2.0', '1.0']))
  it('takes for one 1.0-1 1.0.1', () => assertEqual(versions, ['1.0-1', '1.0.1']))
  it('says so when versions cannot be compared', () => assertIncomparable(versions, [['1.0', '1.0a']]))
  it('reads ranges', () => assertRanges(versions, [['>= 1.0, < 2.0', '1.5', '2.0 0.9']]))
})
