import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of nuget', () => {
  it('orders 1.0.0-alpha to 1.10', () =>
    assertAscending(versions, [
      '1.0.0-alpha',
      '1.0.0-beta',
      '1.0.0-BETA.2',
      '1.0.0-beta.11',
      '1.0.0-rc',
      '1.0.0',
      '1.0.0.1-pre',
      '1.0.0.1',
      '1.0.1',
      '1.10',
    ]))
  it('takes for one 1.0 1.0.0 1.0.0.0 1.00.0 1.0.0+sha', () =>
    assertEqual(versions, ['1.0', '1.0.0', '1.0.0.0', '1.00.0', '1.0.0+sha']))
  it('takes for one 1.0.0-BETA 1.0.0-beta', () => assertEqual(versions, ['1.0.0-BETA', '1.0.0-beta']))
  it('says so when versions cannot be compared', () => assertIncomparable(versions, [['x', '1.0']]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['[1.0,2.0)', '1.0 1.9.9', '2.0'],
      ['(1.0,)', '1.0.1', '1.0.0'],
      ['[1.0]', '1.0.0', '1.0.1'],
      ['(,1.0]', '0.9 1.0', '1.1'],
      ['1.*', '1.9', '2.0'],
      ['>= 5.0.0, <= 5.0.6', '5.0.6', '5.0.7'],
    ]))
})
