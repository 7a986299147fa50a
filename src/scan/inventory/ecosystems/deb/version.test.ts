import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of deb', () => {
  it('orders 0 to 10:0', () =>
    assertAscending(versions, [
      '0',
      '1~~',
      '1~~a',
      '1~',
      '1',
      '1-0ubuntu0',
      '1-1~bpo12+1',
      '1-1',
      '1-1+b1',
      '1-1+deb12u1',
      '1a',
      '1+dfsg-1',
      '1.0.9',
      '1.0.10',
      '2',
      '0:3',
      '1:0',
      '10:0',
    ]))
  it('orders 9.24~~rc2~dfsg-1 to 9.24-1', () =>
    assertAscending(versions, ['9.24~~rc2~dfsg-1', '9.24~dfsg-1', '9.24-1']))
  it('orders 1.2-1 to 1.2.0', () =>
    assertAscending(versions, ['1.2-1', '1.2-1.1', '1.2-2', '1.2-10', '1.2-3-1', '1.2.0']))
  it('takes for one 1.0 1.0-0 0:1.0 1.0-00 00:1.0', () =>
    assertEqual(versions, ['1.0', '1.0-0', '0:1.0', '1.0-00', '00:1.0']))
  it('takes for one 1.01-1 1.1-1', () => assertEqual(versions, ['1.01-1', '1.1-1']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['1.0', ''],
      ['1.0', 'a b'],
      ['1.0', ':1'],
      ['1.0', 'x:1.0'],
      ['1.0', '1.0/2'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['>= 1.0, << 2.0', '1.0 1.9', '0.9 2.0'],
      ['<1:0', '99.0', '1:0 1:0.1'],
      ['=1.0-1', '1.0-1', '1.0-2'],
      ['!=1.0-1', '1.0-2', '1.0-1'],
      ['< 1.0~rc1 || >= 2.0', '0.9 2.0', '1.0 1.5'],
    ]))
})
