import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Google’s Container-Optimized OS. Its advisories are not published by package: they are known, not judged. */
export const cosTraits: EcosystemTraits = {
  type: 'cos',
  title: { en: 'Container-Optimized OS', ko: 'Container-Optimized OS' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
