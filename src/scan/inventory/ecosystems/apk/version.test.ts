import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of apk', () => {
  it('orders 0.9 to 2', () =>
    assertAscending(versions, [
      '0.9',
      '1.0_alpha',
      '1.0_alpha1',
      '1.0_beta',
      '1.0_pre2',
      '1.0_rc1',
      '1.0_rc2',
      '1.0',
      '1.0-r0',
      '1.0-r1',
      '1.0-r10',
      '1.0_cvs1',
      '1.0_git20240101',
      '1.0_p1',
      '1.0_p1-r1',
      '1.0a',
      '1.0b',
      '1.0.1',
      '1.1',
      '1.9',
      '1.10',
      '2',
    ]))
  it('orders 1.01 to 1.1', () => assertAscending(versions, ['1.01', '1.1']))
  it('orders 1.2.3_rc1_p1 to 1.2.3', () => assertAscending(versions, ['1.2.3_rc1_p1', '1.2.3']))
  it('takes for one 1.2.3-r4 1.2.3-r4', () => assertEqual(versions, ['1.2.3-r4', '1.2.3-r4']))
  it('takes for one 1.0-r1 1.0-r01', () => assertEqual(versions, ['1.0-r1', '1.0-r01']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['', '1.0'],
      ['beta', '1.0'],
      ['1.0', '1 0'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['< 9.3.4-r2', '9.3.4-r1 9.3.3', '9.3.4-r2 9.4.0'],
      ['> 1.1_alpha1, < 1.1', '1.1_beta', '1.1 1.1_alpha1'],
      ['=1.6-r1', '1.6-r1', '1.6-r0'],
    ]))
})
