import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { spackLock } from './lock.ts'
import { spackSpec } from './spec.ts'
import { spackTraits } from './traits.ts'

export const spack: Ecosystem = {
  ...spackTraits,
  extractors: [spackSpec, spackLock],
}
