import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** C and C++ packages of Conan. */
export const conanTraits: EcosystemTraits = {
  type: 'conan',
  title: { en: 'C and C++ (Conan)', ko: 'C, C++ (Conan)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['ConanCenter'],
}
