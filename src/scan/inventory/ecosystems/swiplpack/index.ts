import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { prologPack } from './pack.ts'
import { swiplpackTraits } from './traits.ts'

export const swiplpack: Ecosystem = {
  ...swiplpackTraits,
  extractors: [prologPack],
}
