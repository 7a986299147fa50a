import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Extensions and libraries of PHP that pear or pecl installed. Nobody publishes advisories by them: they are known, not judged. */
export const pearTraits: EcosystemTraits = {
  type: 'pear',
  title: { en: 'PHP (PEAR, PECL)', ko: 'PHP (PEAR, PECL)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
