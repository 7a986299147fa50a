import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { bazelModules } from './module.ts'
import { bazelTraits } from './traits.ts'

export const bazel: Ecosystem = {
  ...bazelTraits,
  extractors: [bazelModules],
}
