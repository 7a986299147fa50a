import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { podfileLock } from './podfile-lock.ts'
import { cocoapodsTraits } from './traits.ts'

export const cocoapods: Ecosystem = {
  ...cocoapodsTraits,
  extractors: [podfileLock],
}
