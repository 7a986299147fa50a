import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { chocolateyNuspec } from './nuspec.ts'
import { chocolateyTraits } from './traits.ts'

export const chocolatey: Ecosystem = {
  ...chocolateyTraits,
  extractors: [chocolateyNuspec],
}
