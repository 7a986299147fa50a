import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { wingetInstalled } from './installed.ts'
import { wingetTraits } from './traits.ts'

export const winget: Ecosystem = {
  ...wingetTraits,
  extractors: [wingetInstalled],
}
