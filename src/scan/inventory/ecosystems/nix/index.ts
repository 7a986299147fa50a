import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { nixStore } from './store.ts'
import { nixTraits } from './traits.ts'

export const nix: Ecosystem = {
  ...nixTraits,
  extractors: [nixStore],
}
