import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { vcpkgManifest } from './manifest.ts'
import { vcpkgStatus } from './status.ts'

/** C and C++ packages of vcpkg. */
export const vcpkg: Ecosystem = {
  type: 'vcpkg',
  title: { en: 'C and C++ (vcpkg)', ko: 'C, C++ (vcpkg)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['vcpkg'],
  extractors: [vcpkgStatus, vcpkgManifest],
}
