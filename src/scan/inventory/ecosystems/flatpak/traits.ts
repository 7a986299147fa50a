import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Flatpaks. Nobody publishes advisories for them: they are known, not judged. */
export const flatpakTraits: EcosystemTraits = {
  type: 'flatpak',
  title: { en: 'Flatpak', ko: '플랫팩(Flatpak)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name,
  advisoryEcosystems: () => [],
}
