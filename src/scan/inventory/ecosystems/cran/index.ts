import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { description } from './description.ts'
import { packratLock } from './packrat.ts'
import { renvLock } from './renv-lock.ts'
import { versions } from './version.ts'

/** R. */
export const cran: Ecosystem = {
  type: 'cran',
  title: { en: 'R (CRAN)', ko: 'R (CRAN)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: (_, pkg) => (pkg.extra?.repository === 'Bioconductor' ? ['Bioconductor'] : ['CRAN']),
  extractors: [description, renvLock, packratLock],
}
