import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'

/** C and C++ packages of vcpkg. */
export const vcpkgTraits: EcosystemTraits = {
  type: 'vcpkg',
  title: { en: 'C and C++ (vcpkg)', ko: 'C, C++ (vcpkg)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['vcpkg'],
}
