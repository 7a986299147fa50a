import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of golang', () => {
  it('orders v0.0.0-20190101000000-abcdefabcdef to v1.10.0', () =>
    assertAscending(versions, [
      'v0.0.0-20190101000000-abcdefabcdef',
      'v0.0.0-20200101000000-abcdefabcdef',
      'v0.1.0',
      'v0.17.0',
      'v1.0.0-rc.1',
      'v1.0.0',
      'v1.0.1-0.20200101000000-abcdefabcdef',
      'v1.0.1',
      'v1.10.0',
    ]))
  it('orders go1.20.9 to 1.21.1', () =>
    assertAscending(versions, [
      'go1.20.9',
      '1.21-beta.1',
      'go1.21beta2',
      'go1.21rc2',
      'go1.21rc10',
      'go1.21',
      '1.21.1',
    ]))
  it('takes for one v1.2.3 1.2.3 v1.2.3+incompatible', () =>
    assertEqual(versions, ['v1.2.3', '1.2.3', 'v1.2.3+incompatible']))
  it('takes for one go1.21.0 1.21 v1.21.0', () => assertEqual(versions, ['go1.21.0', '1.21', 'v1.21.0']))
  it('takes for one go1.21rc2 1.21.0-rc.2', () => assertEqual(versions, ['go1.21rc2', '1.21.0-rc.2']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['(devel)', 'v1.0.0'],
      ['v0.0.0-20210101000000-abcdefabcdef', 'v20.10.9'],
      ['v0.0.0-20210101000000-abcdefabcdef', '20.10.9+incompatible'],
      ['', 'v1.0.0'],
      ['master', 'v1.0.0'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['< 0.17.0', 'v0.16.0 v0.0.0-20220101000000-abcdefabcdef', 'v0.17.0 v1.0.0'],
      ['>= 1.2.0, < 1.2.9', 'v1.2.3 v1.2.9-rc.1', 'v1.2.9 v1.1.0'],
    ]))
})
