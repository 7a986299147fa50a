import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of conan', () => {
  it('orders 1.0.0-rc1 to 1.2', () =>
    assertAscending(versions, ['1.0.0-rc1', '1.0.0', '1.0.1', '1.1.1', '1.1.1k', '1.1.1w', '1.2']))
  it('takes for one 1.0 1.0.0', () => assertEqual(versions, ['1.0', '1.0.0']))
  it('says so when versions cannot be compared', () => assertIncomparable(versions, [['cci', '1.0']]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['[>=1.0 <2]', '1.5', '2.0'],
      ['[~1.2]', '1.2.9', '1.3'],
      ['[^1.2 || 3.1]', '1.9 3.1', '2.0'],
      ['[>1.0, include_prerelease]', '1.1', '1.0'],
    ]))
})
