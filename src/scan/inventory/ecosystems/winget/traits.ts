import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** The Windows Package Manager. Nobody publishes advisories for it: its packages are known, not judged. */
export const wingetTraits: EcosystemTraits = {
  type: 'winget',
  title: { en: 'Windows Package Manager', ko: 'Windows 패키지 관리자(winget)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
