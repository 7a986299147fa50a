import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { nimbleLock, nimblePackage } from './nimble.ts'
import { nimTraits } from './traits.ts'

export const nim: Ecosystem = {
  ...nimTraits,
  extractors: [nimbleLock, nimblePackage],
}
