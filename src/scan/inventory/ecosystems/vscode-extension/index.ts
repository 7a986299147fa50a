import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { vscodeExtensions } from './extensions.ts'
import { vscodeExtensionTraits } from './traits.ts'

export const vscodeExtension: Ecosystem = {
  ...vscodeExtensionTraits,
  extractors: [vscodeExtensions],
}
