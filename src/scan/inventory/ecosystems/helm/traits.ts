import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Helm charts. Nobody publishes advisories by chart: they are known, not judged. */
export const helmTraits: EcosystemTraits = {
  type: 'helm',
  title: { en: 'Helm charts', ko: 'Helm 차트' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
