import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Snaps. Nobody publishes advisories for them: they are known, not judged. */
export const snapTraits: EcosystemTraits = {
  type: 'snap',
  title: { en: 'Snap', ko: '스냅(Snap)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name,
  advisoryEcosystems: () => [],
}
