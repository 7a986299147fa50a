import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { description, projectDescription } from './description.ts'
import { packratLock } from './packrat.ts'
import { renvLock } from './renv-lock.ts'
import { cranTraits } from './traits.ts'

export const cran: Ecosystem = {
  ...cranTraits,
  extractors: [description, projectDescription, renvLock, packratLock],
}
