import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { browserExtensions } from './manifest.ts'
import { chromeExtensionTraits } from './traits.ts'

export const chromeExtension: Ecosystem = {
  ...chromeExtensionTraits,
  extractors: [browserExtensions],
}
