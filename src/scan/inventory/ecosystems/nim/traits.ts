import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Nim. Nobody publishes advisories by Nimble package: they are known, not judged. */
export const nimTraits: EcosystemTraits = {
  type: 'nim',
  title: { en: 'Nim (Nimble)', ko: 'Nim (Nimble)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
