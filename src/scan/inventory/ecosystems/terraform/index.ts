import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { terraformLock } from './lock.ts'
import { terraformTraits } from './traits.ts'

export const terraform: Ecosystem = {
  ...terraformTraits,
  extractors: [terraformLock],
}
