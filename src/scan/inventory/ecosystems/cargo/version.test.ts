import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of cargo', () => {
  it('orders 0.1.0-alpha to 1.0.1', () =>
    assertAscending(versions, ['0.1.0-alpha', '0.1.0', '0.2.0', '1.0.0-rc.1', '1.0.0-rc.2', '1.0.0', '1.0.1']))
  it('takes for one 1.0.0 1.0.0+1.1.1w', () => assertEqual(versions, ['1.0.0', '1.0.0+1.1.1w']))
  it('says so when versions cannot be compared', () => assertIncomparable(versions, [['x', '1.0.0']]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['1.2.3', '1.2.3 1.9.0', '2.0.0 1.2.2'],
      ['0.2.3', '0.2.9', '0.3.0'],
      ['^1', '1.9.9', '2.0.0'],
      ['~1.2', '1.2.9', '1.3.0'],
      ['=1.2.3', '1.2.3', '1.2.4'],
      ['=1.2', '1.2.9', '1.3.0'],
      ['1.*', '1.0.0 1.9.9', '2.0.0'],
      ['1.2.*', '1.2.0 1.2.9', '1.3.0 1.1.9'],
      ['>1.2', '1.3.0', '1.2.9'],
      ['<=1.2', '1.2.9', '1.3.0'],
      ['>= 2.1.3, < 3.0.0', '2.1.4', '3.0.0 2.1.2'],
      ['>= 3.1.0', '3.1.0', '2.1.4 3.0.0'],
    ]))
})
