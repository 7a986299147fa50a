import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { snapYaml } from './snap-yaml.ts'
import { snapTraits } from './traits.ts'

export const snap: Ecosystem = {
  ...snapTraits,
  extractors: [snapYaml],
}
