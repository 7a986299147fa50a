import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of rpm', () => {
  it('orders 1.0~beta to 2:0', () =>
    assertAscending(versions, [
      '1.0~beta',
      '1.0~rc1',
      '1.0~rc1^git1',
      '1.0~rc2',
      '1.0',
      '1.0^',
      '1.0^20240101',
      '1.0.1',
      '1.0.1a',
      '1.1',
      '2',
      '10',
      '1:0',
      '2:0',
    ]))
  it('orders 1.0-1.el9 to 1.0-10.el8', () =>
    assertAscending(versions, ['1.0-1.el9', '1.0-1.el9_2', '1.0-1.el9_4.1', '1.0-1.el10', '1.0-2.el8', '1.0-10.el8']))
  it('orders 1.1.1c-2.el8 to 1:1.1.1b-1.el8', () =>
    assertAscending(versions, ['1.1.1c-2.el8', '1.1.1z-99.el8', '1:1.1.1b-1.el8']))
  it('orders 1.a to 1.1', () => assertAscending(versions, ['1.a', '1.b', '1.1']))
  it('takes only digits for an epoch', () => assertEqual(versions, ['a:1-1', 'a.1-1', '0:a_1-1', ':a.1-1']))
  it('takes for one 1.0-1 0:1.0-1 1_0-1 1.00-01', () => assertEqual(versions, ['1.0-1', '0:1.0-1', '1_0-1', '1.00-01']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['', '1'],
      ['1 0', '1'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['< 2.28-100.el8', '2.28-99.el8 2.28-100', '2.28-100.el8 2.28-101.el8 1:0'],
      ['>= 3.9.19, < 3.9.19-8.el9', '3.9.19-1.el9', '3.9.18-10.el9_4 3.9.19-8.el9'],
      ['<= 0:1.0-1', '1.0-1', '1.0-2'],
    ]))
})
