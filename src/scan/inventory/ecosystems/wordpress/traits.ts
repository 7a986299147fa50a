import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** WordPress itself, its plugins and themes. */
export const wordpressTraits: EcosystemTraits = {
  type: 'wordpress',
  title: { en: 'WordPress', ko: '워드프레스' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['WordPress'],
}
