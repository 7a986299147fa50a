import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { elmJson } from './elm-json.ts'
import { elmTraits } from './traits.ts'

export const elm: Ecosystem = {
  ...elmTraits,
  extractors: [elmJson],
}
