import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of hackage', () => {
  it('orders 1.0 to 1.10', () => assertAscending(versions, ['1.0', '1.0.0', '1.0.1', '1.2', '1.10']))
  it('takes for one 1.2.3 1.2.3', () => assertEqual(versions, ['1.2.3', '1.2.3']))
  it('says so when versions cannot be compared', () => assertIncomparable(versions, [['1.0', '1.0-rc.a']]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['^>=1.2.3', '1.2.3 1.2.9', '1.3 1.2.2'],
      ['==1.2.*', '1.2 1.2.5', '1.3'],
      ['>=1 && <2', '1.5', '2'],
      ['<1 || >=2', '0.9 2', '1.5'],
    ]))
})
