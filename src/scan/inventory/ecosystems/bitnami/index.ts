import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { bitnamiSpdx } from './spdx.ts'
import { bitnamiTraits } from './traits.ts'

export const bitnami: Ecosystem = {
  ...bitnamiTraits,
  extractors: [bitnamiSpdx],
}
