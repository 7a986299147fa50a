import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { conanLock } from './conan-lock.ts'
import { conanfile } from './conanfile.ts'
import { versions } from './version.ts'

/** C and C++ packages of Conan. */
export const conan: Ecosystem = {
  type: 'conan',
  title: { en: 'C and C++ (Conan)', ko: 'C, C++ (Conan)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['ConanCenter'],
  extractors: [conanLock, conanfile],
}
