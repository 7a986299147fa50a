import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** Zig. Nobody publishes advisories by Zig package: they are known, not judged. */
export const zigTraits: EcosystemTraits = {
  type: 'zig',
  title: { en: 'Zig', ko: 'Zig' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
}
