import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of composer', () => {
  it('orders v1.0.0-dev to 2.0.0.1', () =>
    assertAscending(versions, [
      'v1.0.0-dev',
      '1.0.0-alpha1',
      '1.0.0-alpha.2',
      '1.0.0a3',
      '1.0.0-beta1',
      '1.0.0-RC1',
      '1.0.0-rc2',
      '1.0.0',
      '1.0.0-patch1',
      '1.0.0-pl2',
      '1.0.1',
      'v1.10.0',
      '2.0.0.1',
    ]))
  it('orders 1.2.3 to 1.3.0', () => assertAscending(versions, ['1.2.3', '1.2.x-dev', '1.3.0']))
  it('takes for one 1.0 1.0.0 v1.0.0.0 V1', () => assertEqual(versions, ['1.0', '1.0.0', 'v1.0.0.0', 'V1']))
  it('takes for one 1.0.0-alpha1 1.0.0-a1 1.0.0alpha1', () =>
    assertEqual(versions, ['1.0.0-alpha1', '1.0.0-a1', '1.0.0alpha1']))
  it('takes for one 1.0.0+build 1.0.0', () => assertEqual(versions, ['1.0.0+build', '1.0.0']))
  it('takes for one 1.0.0-dev+build 1.0.0-dev', () => assertEqual(versions, ['1.0.0-dev+build', '1.0.0-dev']))
  it('takes for one 1.0-stable 1.0.0', () => assertEqual(versions, ['1.0-stable', '1.0.0', '1.stable', '1.0-stable+b']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['dev-main', 'dev-feature'],
      ['dev-main', '1.0.0'],
      ['1.0 beta', '1.0'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['^1.2', '1.2.0 1.9.9', '2.0.0 1.1.9'],
      ['^0.3', '0.3.9', '0.4.0'],
      ['~1.2', '1.9', '2.0 1.1'],
      ['~1.2.3', '1.2.9', '1.3.0'],
      ['1.0.*', '1.0.0 1.0.9', '1.1'],
      ['1.0 - 2.0', '1.0 2.0', '2.0.1'],
      ['>=1.0,<1.1 || >=1.2', '1.0.5 1.2', '1.1.0'],
      ['>=1.0 <1.1 | >=1.2', '1.0.5 1.2', '1.1.0'],
      ['>=1.0@beta', '1.0', '0.9'],
      ['dev-main', 'dev-main', 'dev-other 1.0'],
      ['!=1.0', '1.1', '1.0.0'],
      ['<>1.0', '1.1', '1.0.0'],
      ['==1.0-stable', '1.0', '1.1'],
    ]))
})
