import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { snapYaml } from './snap-yaml.ts'

/** Snaps. Nobody publishes advisories for them: they are known, not judged. */
export const snap: Ecosystem = {
  type: 'snap',
  title: { en: 'Snap', ko: '스냅(Snap)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name,
  advisoryEcosystems: () => [],
  extractors: [snapYaml],
}
