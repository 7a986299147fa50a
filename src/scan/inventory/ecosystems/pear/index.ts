import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { pearRegistry } from './registry.ts'
import { pearTraits } from './traits.ts'

export const pear: Ecosystem = {
  ...pearTraits,
  extractors: [pearRegistry],
}
