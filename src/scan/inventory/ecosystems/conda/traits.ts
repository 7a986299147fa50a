import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** conda. Nobody publishes advisories for it: its packages are known, not judged. */
export const condaTraits: EcosystemTraits = {
  type: 'conda',
  title: { en: 'conda', ko: 'conda' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
