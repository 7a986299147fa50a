import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Homebrew. Nobody publishes advisories for it: its packages are known, not judged. */
export const brewTraits: EcosystemTraits = {
  type: 'brew',
  title: { en: 'Homebrew', ko: 'Homebrew' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
