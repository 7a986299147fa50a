import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of ebuild', () => {
  it('orders 1_alpha to 2', () =>
    assertAscending(versions, [
      '1_alpha',
      '1_alpha1',
      '1_beta',
      '1_pre',
      '1_rc',
      '1_rc1_p1',
      '1',
      '1-r1',
      '1-r2',
      '1_p',
      '1_p1',
      '1a',
      '1b',
      '1.0',
      '1.0.0',
      '1.01',
      '1.1',
      '1.9',
      '1.10',
      '2',
    ]))
  it('takes for one 1 1-r0', () => assertEqual(versions, ['1', '1-r0']))
  it('takes for one 1.10 1.10-r0', () => assertEqual(versions, ['1.10', '1.10-r0']))
  it('takes for one 1.010 1.01', () => assertEqual(versions, ['1.010', '1.01']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['1', '1_foo'],
      ['1', 'x'],
      ['1', '1.0.'],
    ]))
  it('reads ranges', () => assertRanges(versions, [['< 1.2.4', '1.2.3-r5', '1.2.4']]))
})
