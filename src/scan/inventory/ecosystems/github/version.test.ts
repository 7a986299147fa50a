import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of github', () => {
  it('orders v1 to 3.0.0', () => assertAscending(versions, ['v1', 'v1.2.3', 'v2', '3.0.0']))
  it('takes for one v4 v4.0.0', () => assertEqual(versions, ['v4', 'v4.0.0']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['8f4b7f84864484a7bf31766abe9204da3cbe65b3', 'v4'],
      ['main', 'v4'],
    ]))
  it('reads ranges', () => assertRanges(versions, [['< 4.1.3', 'v4.1.2', 'v4.1.3']]))
})
