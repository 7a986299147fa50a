import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { portfile } from './portfile.ts'
import { macportsTraits } from './traits.ts'

export const macports: Ecosystem = {
  ...macportsTraits,
  extractors: [portfile],
}
