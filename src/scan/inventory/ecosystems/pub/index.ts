import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { pubspec } from './pubspec.ts'
import { pubspecLock } from './pubspec-lock.ts'
import { pubTraits } from './traits.ts'

export const pub: Ecosystem = {
  ...pubTraits,
  extractors: [pubspecLock, pubspec],
}
