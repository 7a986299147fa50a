import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Spack. Nobody publishes advisories for it: its packages are known, not judged. */
export const spackTraits: EcosystemTraits = {
  type: 'spack',
  title: { en: 'Spack', ko: 'Spack' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
