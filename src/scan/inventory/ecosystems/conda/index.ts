import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { condaEnvironment } from './environment.ts'
import { condaLock } from './locks.ts'
import { condaPkg } from './meta.ts'
import { condaTraits } from './traits.ts'

export const conda: Ecosystem = {
  ...condaTraits,
  extractors: [condaPkg, condaEnvironment, condaLock],
}
