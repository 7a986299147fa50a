import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Elm. Nobody publishes advisories by Elm package: they are known, not judged. */
export const elmTraits: EcosystemTraits = {
  type: 'elm',
  title: { en: 'Elm', ko: 'Elm' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
