import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { gobinary } from './binary.ts'
import { gomod } from './gomod.ts'
import { golangTraits } from './traits.ts'
import { goVendor } from './vendored.ts'

export const golang: Ecosystem = {
  ...golangTraits,
  extractors: [gobinary, gomod, goVendor],
}
