import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { bottlerocketInventory } from './bottlerocket.ts'
import { rpmqa } from './manifest.ts'
import { rpm as rpmDatabase } from './packages.ts'
import { rpmTraits } from './traits.ts'

export const rpm: Ecosystem = {
  ...rpmTraits,
  extractors: [rpmDatabase, rpmqa, bottlerocketInventory],
}
