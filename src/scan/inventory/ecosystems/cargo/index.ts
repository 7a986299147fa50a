import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { rustbinary } from './binary.ts'
import { cargo as cargoFiles } from './cargo.ts'
import { cargoTraits } from './traits.ts'

export const cargo: Ecosystem = {
  ...cargoTraits,
  extractors: [cargoFiles, rustbinary],
}
