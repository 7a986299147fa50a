import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { composerVendor } from './installed.ts'
import { composerLock } from './lock.ts'
import { composerTraits } from './traits.ts'

export const composer: Ecosystem = {
  ...composerTraits,
  extractors: [composerLock, composerVendor],
}
