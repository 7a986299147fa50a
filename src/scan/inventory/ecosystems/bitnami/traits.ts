import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** What Bitnami's images bring beside the distribution. */
export const bitnamiTraits: EcosystemTraits = {
  type: 'bitnami',
  title: { en: 'Bitnami', ko: 'Bitnami' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['Bitnami'],
}
