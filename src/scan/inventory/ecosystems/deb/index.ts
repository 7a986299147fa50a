import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { chisel } from './chisel.ts'
import { dpkg } from './dpkg.ts'
import { debTraits } from './traits.ts'

export const deb: Ecosystem = {
  ...debTraits,
  extractors: [chisel, dpkg],
}
