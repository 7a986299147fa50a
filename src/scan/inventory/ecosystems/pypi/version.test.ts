import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertIncomparable, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of pypi', () => {
  it('orders 1.0.dev1 to 1!0.1', () =>
    assertAscending(versions, [
      '1.0.dev1',
      '1.0a1.dev1',
      '1.0a1',
      '1.0a1.post1',
      '1.0a2',
      '1.0b1',
      '1.0rc1',
      '1.0',
      '1.0+local',
      '1.0+local.1',
      '1.0+1',
      '1.0.post1.dev1',
      '1.0.post1',
      '1.0.1',
      '1.1.dev3',
      '1.1',
      '1.10',
      '2024.1',
      '1!0.1',
    ]))
  it('takes for one 1.0 1.0.0 v1.0 1.0.0.0 01.0', () =>
    assertEqual(versions, ['1.0', '1.0.0', 'v1.0', '1.0.0.0', '01.0']))
  it('takes for one 1.0rc1 1.0c1 1.0-RC.1 1.0_pre1 1.0preview1', () =>
    assertEqual(versions, ['1.0rc1', '1.0c1', '1.0-RC.1', '1.0_pre1', '1.0preview1']))
  it('takes for one 1.0a0 1.0a 1.0alpha 1.0.alpha', () =>
    assertEqual(versions, ['1.0a0', '1.0a', '1.0alpha', '1.0.alpha']))
  it('takes for one 1.0.post0 1.0post 1.0-r 1.0rev0', () =>
    assertEqual(versions, ['1.0.post0', '1.0post', '1.0-r', '1.0rev0']))
  it('takes for one 1.0.post3 1.0-3', () => assertEqual(versions, ['1.0.post3', '1.0-3']))
  it('takes for one 1.0+ubuntu.1 1.0+UBUNTU-1', () => assertEqual(versions, ['1.0+ubuntu.1', '1.0+UBUNTU-1']))
  it('says so when versions cannot be compared', () =>
    assertIncomparable(versions, [
      ['1.0', 'french toast'],
      ['1.0', '1.0-foo'],
      ['1.0', ''],
      ['1.0', '1.0+'],
    ]))
  it('reads ranges', () =>
    assertRanges(versions, [
      ['==1.2.*', '1.2 1.2.9 1.2.0rc1', '1.3 1.20'],
      ['~=1.4.2', '1.4.2 1.4.9', '1.5 1.4.1'],
      ['~=2.2', '2.2 2.9', '3.0'],
      ['==1.0', '1.0 1.0.0 1.0+local', '1.0.1'],
      ['==1.0+a', '1.0+a', '1.0 1.0+b'],
      ['!=1.0', '1.1', '1.0 1.0+x'],
      ['===1.0', '1.0', '1.0.0'],
      ['>=1!2.0', '1!2.0 2!1', '2.0 1!1.9'],
      ['==1!2.*,!=1!2.3', '1!2.1', '2.1 1!2.3'],
      ['~=1!2.3', '1!2.9', '1!3.0 2.4'],
      ['>=1.0,<2.0', '1.0 2.0rc1 1.9', '2.0 0.9'],
      ['<=1.0', '1.0+local', '1.0.1'],
      ['>1.0', '1.0.1 1.0.post1', '1.0+local 1.0'],
    ]))
})
