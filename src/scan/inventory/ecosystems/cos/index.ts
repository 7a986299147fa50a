import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { cosPackageInfo } from './package-info.ts'
import { cosTraits } from './traits.ts'

export const cos: Ecosystem = {
  ...cosTraits,
  extractors: [cosPackageInfo],
}
