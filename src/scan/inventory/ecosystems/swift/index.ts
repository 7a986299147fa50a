import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { carthage } from './cartfile.ts'
import { packageResolved } from './package-resolved.ts'
import { swiftTraits } from './traits.ts'

export const swift: Ecosystem = {
  ...swiftTraits,
  extractors: [packageResolved, carthage],
}
