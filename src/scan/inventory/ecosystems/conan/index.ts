import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { conanCache } from './cache.ts'
import { conanLock } from './conan-lock.ts'
import { conanfile } from './conanfile.ts'
import { conaninfo } from './conaninfo.ts'
import { conanTraits } from './traits.ts'

export const conan: Ecosystem = {
  ...conanTraits,
  extractors: [conanLock, conanfile, conaninfo, conanCache],
}
