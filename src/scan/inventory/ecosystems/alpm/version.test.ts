import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of alpm', () => {
  it('orders 1.0a to 1:0.1', () =>
    assertAscending(versions, [
      '1.0a',
      '1.0alpha',
      '1.0b',
      '1.0beta',
      '1.0p',
      '1.0pre',
      '1.0rc',
      '1.0',
      '1.0.a',
      '1.0.a.1',
      '1.0.1',
      '1.1',
      '2',
      '1:0.1',
    ]))
  it('orders 1.0-1 to 1.0-10', () => assertAscending(versions, ['1.0-1', '1.0-1.1', '1.0-2', '1.0-10']))
  it('orders 1 to 2.0', () => assertAscending(versions, ['1', '1.0', '1.1', '1.1.1', '1.2', '2.0']))
  it('takes for one 1.0 1.0-1 0:1.0-1', () => assertEqual(versions, ['1.0', '1.0-1', '0:1.0-1']))
  it('takes for one 1.001 1.1', () => assertEqual(versions, ['1.001', '1.1']))
  it('says so when versions cannot be compared', () => assertIncomparable(versions, [['', '1']]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['< 2.0-3', '2.0-2 2.0-2.1', '2.0-3 1:1'],
      ['>=1.0', '1.0-1', '0.9'],
    ]))
})
