import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Guix. Nobody publishes advisories by its packages: they are known, not judged. */
export const guixTraits: EcosystemTraits = {
  type: 'guix',
  title: { en: 'Guix', ko: 'Guix' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
