import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Java artifacts, named `group:artifact`. */
export const mavenTraits: EcosystemTraits = {
  type: 'maven',
  title: { en: 'Java', ko: 'Java' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['Maven'],
}
