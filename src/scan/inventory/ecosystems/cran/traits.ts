import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** R. */
export const cranTraits: EcosystemTraits = {
  type: 'cran',
  title: { en: 'R (CRAN)', ko: 'R (CRAN)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: (_, pkg) => (pkg.extra?.repository === 'Bioconductor' ? ['Bioconductor'] : ['CRAN']),
}
