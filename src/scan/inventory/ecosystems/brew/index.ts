import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { homebrew } from './receipt.ts'

/** Homebrew. Nobody publishes advisories for it: its packages are known, not judged. */
export const brew: Ecosystem = {
  type: 'brew',
  title: { en: 'Homebrew', ko: 'Homebrew' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
  extractors: [homebrew],
}
