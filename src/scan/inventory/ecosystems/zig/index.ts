import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { zigManifest } from './zon.ts'

/** Zig. Nobody publishes advisories by Zig package: they are known, not judged. */
export const zig: Ecosystem = {
  type: 'zig',
  title: { en: 'Zig', ko: 'Zig' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
  extractors: [zigManifest],
}
