import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of conda', () => {
  it('orders 0.4 to 2!0.4.1', () =>
    assertAscending(versions, [
      '0.4',
      '0.4.1.rc',
      '0.4.1',
      '0.5a1',
      '0.5b3',
      '0.5c1',
      '0.5',
      '0.9.6',
      '0.960923',
      '1.0',
      '1.1dev1',
      '1.1a1',
      '1.1.0dev1',
      '1.1.a1',
      '1.1.0rc1',
      '1.1.0',
      '1.1.0post1',
      '1.1post1',
      '1996.07.12',
      '1!0.4.1',
      '1!3.1.1.6',
      '2!0.4.1',
    ]))
  it('orders 1.0.1_ to 1.0.2', () => assertAscending(versions, ['1.0.1_', '1.0.1a', '1.0.1b', '1.0.2']))
  it('takes for one 1.1.0 1.1', () => assertEqual(versions, ['1.1.0', '1.1']))
  it('takes for one 0.4.1.rc 0.4.1.RC', () => assertEqual(versions, ['0.4.1.rc', '0.4.1.RC']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['1.0', 'a b'],
      ['1.0', ''],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['==1.2', '1.2 1.2.0', '1.2.1'],
      ['=1.2', '1.2 1.2.9', '1.3 1.20'],
      ['1.2.*', '1.2.9', '1.3'],
      ['>=1.0,<2.0', '1.5', '2.0'],
      ['1.0|1.2', '1.2', '1.1'],
      ['~=1.4.2', '1.4.9', '1.5'],
    ]))
})
