import { describe, it } from 'node:test'
import { assertAscending, assertEqual, assertRanges } from '../../versions/check-scheme.ts'
import { versions } from './version.ts'

describe('versions of Kubernetes', () => {
  it('orders 1.24.0-rc.1 to 1.25.0', () => assertAscending(versions, ['1.24.0-rc.1', 'v1.24.0', '1.24.14', '1.25.0']))
  it('takes for one what distributors build of a release', () =>
    assertEqual(versions, ['v1.27.3', '1.27.3', 'v1.27.3+k3s1', 'v1.27.3-gke.100', 'v1.27.3-eks-a5565ad']))
  it('reads ranges', () => assertRanges(versions, [['>= 1.25.0, < 1.25.9', '1.25.0 1.25.8', '1.25.9 1.24.0']]))
})
