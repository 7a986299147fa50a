import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Chocolatey, on Windows. Nobody publishes advisories for it: its packages are known, not judged. */
export const chocolateyTraits: EcosystemTraits = {
  type: 'chocolatey',
  title: { en: 'Chocolatey', ko: 'Chocolatey' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
