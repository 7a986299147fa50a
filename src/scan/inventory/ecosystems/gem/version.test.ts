import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of gem', () => {
  it('orders 0.9 to 5.0', () =>
    assertAscending(versions, [
      '0.9',
      '1.a',
      '1.b1',
      '1.b2',
      '1.0.0.rc.1',
      '1.0.0.rc2',
      '1.0',
      '1.0.0.1',
      '1.9.9',
      '1.10',
      '5.0.0.rc2',
      '5.x',
      '5.0',
    ]))
  it('takes for one 1 1.0 1.0.0 01.0', () => assertEqual(versions, ['1', '1.0', '1.0.0', '01.0']))
  it('takes for one 1.2.3-x86_64-linux 1.2.3 1.2.3-java 1.2.3-x64-mingw-ucrt 1.2.3-arm64-darwin-22', () =>
    assertEqual(versions, [
      '1.2.3-x86_64-linux',
      '1.2.3',
      '1.2.3-java',
      '1.2.3-x64-mingw-ucrt',
      '1.2.3-arm64-darwin-22',
    ]))
  it('takes for one 1.0.0.pre.1 1.0.0-1', () => assertEqual(versions, ['1.0.0.pre.1', '1.0.0-1']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['x', '1'],
      ['1 2', '1'],
      ['', '1'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['~> 2.2.1', '2.2.1 2.2.9', '2.3.0 2.2.0 2.3.0.rc1'],
      ['~> 2.2', '2.9', '3.0 2.1 3.0.0.pre'],
      ['~> 1', '1.9', '2.0'],
      ['>= 1.0, < 2', '1.0 1.9 2.0.rc1', '2 0.9'],
      ['!= 1.0', '1.1', '1.0.0'],
      ['= 1.0', '1.0-java', '1.1'],
      ['~> 2.0.4, >= 2.0.4.1', '2.0.5', '2.0.4'],
    ]))
})
