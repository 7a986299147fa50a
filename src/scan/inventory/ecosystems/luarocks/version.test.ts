import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of luarocks', () => {
  it('orders 1.0alpha1-1 to dev-1', () =>
    assertAscending(versions, [
      '1.0alpha1-1',
      '1.0beta1-1',
      '1.0rc1-1',
      '1.0-1',
      '1.0-2',
      '1.0a-1',
      '1.1-1',
      '2.0-1',
      'scm-1',
      'dev-1',
    ]))
  it('takes for one 1.0-1 1.0 1.0.0-1', () => assertEqual(versions, ['1.0-1', '1.0', '1.0.0-1']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['1.0', ''],
      ['1.0', 'a b'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['~> 1.2', '1.2-1 1.2.9-1', '1.3-1'],
      ['>= 1.0, < 2.0', '1.5-1', '2.0-1'],
      ['~= 1.0', '1.1-1', '1.0-1'],
    ]))
})
