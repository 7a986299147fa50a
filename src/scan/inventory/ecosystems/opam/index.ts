import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { opamPackage } from './package.ts'
import { opamTraits } from './traits.ts'

export const opam: Ecosystem = {
  ...opamTraits,
  extractors: [opamPackage],
}
