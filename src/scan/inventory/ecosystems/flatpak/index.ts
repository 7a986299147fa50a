import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { flatpakMetainfo } from './metainfo.ts'

/** Flatpaks. Nobody publishes advisories for them: they are known, not judged. */
export const flatpak: Ecosystem = {
  type: 'flatpak',
  title: { en: 'Flatpak', ko: '플랫팩(Flatpak)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name,
  advisoryEcosystems: () => [],
  extractors: [flatpakMetainfo],
}
