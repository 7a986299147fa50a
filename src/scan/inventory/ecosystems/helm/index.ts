import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { chartLock } from './chart-lock.ts'
import { helmTraits } from './traits.ts'

export const helm: Ecosystem = {
  ...helmTraits,
  extractors: [chartLock],
}
