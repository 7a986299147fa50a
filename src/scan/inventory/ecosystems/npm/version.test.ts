import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of npm', () => {
  it('orders 0.0.1-alpha to 9007199254740994.0.0', () =>
    assertAscending(versions, [
      '0.0.1-alpha',
      '0.0.1',
      '0.1.0',
      '1.0.0-1',
      '1.0.0-2',
      '1.0.0-10',
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.1.0',
      '1.0.0-beta',
      '1.0.0',
      '1.0.1',
      '1.2.0',
      '1.10.0',
      '2.0.0-rc.1',
      '2.0.0',
      '9007199254740993.0.0',
      '9007199254740994.0.0',
    ]))
  it('takes for one 1.0.0 v1.0.0 =1.0.0 1.0.0+build 1 1.0', () =>
    assertEqual(versions, ['1.0.0', 'v1.0.0', '=1.0.0', '1.0.0+build', '1', '1.0']))
  it('takes for one 1.0.0-rc1 1.0.0rc1', () => assertEqual(versions, ['1.0.0-rc1', '1.0.0rc1']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['latest', '1.0.0'],
      ['', '1.0.0'],
      ['git+https://example.org/a.git', '1.0.0'],
      ['1.0.0', '1.0.0 beta'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['^1.2.3', '1.2.3 1.9.9 1.3.0-beta', '1.2.2 2.0.0 2.0.0-alpha'],
      ['^0.2.3', '0.2.3 0.2.9', '0.3.0 0.3.0-rc.1'],
      ['^0.0.3', '0.0.3', '0.0.4 0.0.2'],
      ['^0.0', '0.0.9', '0.1.0'],
      ['^1.x', '1.0.0 1.9.9', '2.0.0'],
      ['~1.2.3', '1.2.3 1.2.9', '1.3.0 1.2.2'],
      ['~1', '1.9.0', '2.0.0'],
      ['1.2.x', '1.2.0 1.2.9', '1.3.0'],
      ['1.2 || 2.x', '1.2.7 2.9.0', '1.3.0 3.0.0'],
      ['1.2.3 - 2.3.4', '1.2.3 2.3.4', '1.2.2 2.3.5'],
      ['>=1.0.0 <1.5.0 || >=2.0.0-beta <2.1.0', '1.4.9 2.0.0-rc 1.2.0-beta', '1.5.0 2.1.0 0.9.0'],
      ['<=1.0', '1.0.0 1.0.9', '1.1.0'],
      ['> 2, < 3', '2.3.1', '2.0.0 3.0.0'],
      ['*', '0.0.1 9.9.9', ''],
      ['<2.0.0', '2.0.0-rc.1', '2.0.0'],
    ]))
})
