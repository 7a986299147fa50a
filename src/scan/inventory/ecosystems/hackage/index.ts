import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { cabalFreeze } from './cabal-freeze.ts'
import { stackLock } from './stack-lock.ts'
import { hackageTraits } from './traits.ts'

export const hackage: Ecosystem = {
  ...hackageTraits,
  extractors: [cabalFreeze, stackLock],
}
