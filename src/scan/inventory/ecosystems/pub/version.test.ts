import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of pub', () => {
  it('orders 1.0.0-dev to 1.0.1', () =>
    assertAscending(versions, ['1.0.0-dev', '1.0.0', '1.0.0+1', '1.0.0+2', '1.0.0+10', '1.0.0+a', '1.0.1']))
  it('takes for one 1.0 1.0.0', () => assertEqual(versions, ['1.0', '1.0.0']))
  it('says so when versions cannot be compared', () => assertIncomparable(versions, [['x', '1.0.0']]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['^1.2.3', '1.2.3 1.9.0', '2.0.0'],
      ['^0.1.2', '0.1.9', '0.2.0'],
      ['>=1.0.0 <2.0.0', '1.5.0', '2.0.0'],
      ['any', '1.0.0', ''],
    ]))
})
