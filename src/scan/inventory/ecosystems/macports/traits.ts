import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** MacPorts. Nobody publishes advisories for it: its packages are known, not judged. */
export const macportsTraits: EcosystemTraits = {
  type: 'macports',
  title: { en: 'MacPorts', ko: 'MacPorts' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
