import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of maven', () => {
  it('orders 1-alpha to 1.1', () =>
    assertAscending(versions, [
      '1-alpha',
      '1-alpha-2',
      '1-alpha-10',
      '1-beta',
      '1-milestone-1',
      '1-rc1',
      '1-rc2',
      '1-SNAPSHOT',
      '1',
      '1-sp',
      '1-foo',
      '1-1',
      '1.1',
    ]))
  it('orders 1.0-RC3 to 1.0.1', () => assertAscending(versions, ['1.0-RC3', '1.0.RC2', '1.0.1']))
  it('orders 0 to v1', () => assertAscending(versions, ['0', 'v1', '1']))
  it('orders 2.9.10.3 to 2.9.10.8', () => assertAscending(versions, ['2.9.10.3', '2.9.10.4', '2.9.10.8']))
  it('orders 3.0.0.Beta1 to 3.0.1', () =>
    assertAscending(versions, ['3.0.0.Beta1', '3.0.0.CR1', '3.0.0.Final', '3.0.1']))
  it('orders 9.4.14.v20181114 to 9.4.15.v20190215', () =>
    assertAscending(versions, ['9.4.14.v20181114', '9.4.15.v20190215']))
  it('orders 31.1-android to 32.0.0-android', () =>
    assertAscending(versions, ['31.1-android', '31.1-jre', '32.0.0-android']))
  it('orders 42.2.5 to 42.2.6', () => assertAscending(versions, ['42.2.5', '42.2.5.jre6', '42.2.5.jre7', '42.2.6']))
  it('takes for one 1 1.0 1.0.0 1-0 1.ga 1-final 1.0.RELEASE 1.', () =>
    assertEqual(versions, ['1', '1.0', '1.0.0', '1-0', '1.ga', '1-final', '1.0.RELEASE', '1.']))
  it('takes for one 1cr 1rc 1-RC 1Cr', () => assertEqual(versions, ['1cr', '1rc', '1-RC', '1Cr']))
  it('takes for one 1a1 1-alpha-1 1.0-Alpha1', () => assertEqual(versions, ['1a1', '1-alpha-1', '1.0-Alpha1']))
  it('takes for one 12.10.2.jre11 12.10.2 12.10.2.jre8', () =>
    assertEqual(versions, ['12.10.2.jre11', '12.10.2', '12.10.2.jre8']))
  it('takes for one 1-foo 1.0.0-foo.0.0', () => assertEqual(versions, ['1-foo', '1.0.0-foo.0.0']))
  it('takes for one 01.02 1.2', () => assertEqual(versions, ['01.02', '1.2']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['1.0', ''],
      ['1.0', '[1.0]'],
      ['1.0', '1.0 2.0'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['[1.0,2.0)', '1.0 1.9.9', '2.0 0.9'],
      ['(,1.0]', '0.1 1.0', '1.0.1'],
      ['[1.5]', '1.5 1.5.0', '1.5.1'],
      ['(,1.0],[1.2,)', '0.9 1.0 1.2 3', '1.1'],
      ['(1.0,2.0)', '1.5', '1.0 2.0'],
      ['>=2.0.0, <2.3.1', '2.3.0', '2.3.1 1.9'],
      ['< 1.3.2 || >= 2.0, < 2.3.1', '1.3.1 2.3.0', '1.3.2 2.3.1'],
      ['1.0', '1.0.0 1.0.Final', '1.1'],
    ]))
})
