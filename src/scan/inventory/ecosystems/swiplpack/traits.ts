import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** SWI-Prolog. Nobody publishes advisories for its packs: they are known, not judged. */
export const swiplpackTraits: EcosystemTraits = {
  type: 'swiplpack',
  title: { en: 'Packs of SWI-Prolog', ko: 'SWI-Prolog 팩' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
