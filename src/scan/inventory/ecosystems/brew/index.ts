import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { homebrewCask } from './cask.ts'
import { homebrew } from './receipt.ts'
import { brewTraits } from './traits.ts'

export const brew: Ecosystem = {
  ...brewTraits,
  extractors: [homebrew, homebrewCask],
}
