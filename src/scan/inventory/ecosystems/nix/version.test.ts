import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of nix', () => {
  it('orders as compareVersions of the manual', () => {
    assertAscending(versions, ['2.3pre1', '2.3', '2.3a', '2.3.1'])
    assertAscending(versions, ['2.1', '2.3', '2.5', '3.1'])
  })
  it('separators have no weight', () => assertEqual(versions, ['2.3.1', '2-3-1']))
  it('reads ranges', () => assertRanges(versions, [['>= 1.0, < 2.0', '1.5', '2.0']]))
})
