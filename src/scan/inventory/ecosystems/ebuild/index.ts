import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { portage } from './portage.ts'
import { ebuildTraits } from './traits.ts'

export const ebuild: Ecosystem = {
  ...ebuildTraits,
  extractors: [portage],
}
