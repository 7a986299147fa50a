import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of opam', () => {
  it('orders 1.0~beta1 to 1.10', () =>
    assertAscending(versions, ['1.0~beta1', '1.0', '1.0a', '1.0+1', '1.0.1', '1.10']))
  it('takes for one 1.0 1.00', () => assertEqual(versions, ['1.0', '1.00']))
  it('takes for one v0.16.0 0.16.0', () => assertEqual(versions, ['v0.16.0', '0.16.0']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['1.0', ''],
      ['1.0', 'a b'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['>= "1.0" & < "2.0"', '1.5', '2.0'],
      ['< "1.0" | >= "2.0"', '0.9 2.1', '1.5'],
    ]))
})
