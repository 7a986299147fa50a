import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { snapYaml } from './snap-yaml.ts'
import { snapStaged } from './staged.ts'
import { snapTraits } from './traits.ts'

export const snap: Ecosystem = {
  ...snapTraits,
  extractors: [snapYaml, snapStaged],
}
