import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { pacman } from './pacman.ts'
import { alpmTraits } from './traits.ts'

export const alpm: Ecosystem = {
  ...alpmTraits,
  extractors: [pacman],
}
