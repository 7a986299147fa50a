import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { zigTraits } from './traits.ts'
import { zigManifest } from './zon.ts'

export const zig: Ecosystem = {
  ...zigTraits,
  extractors: [zigManifest],
}
