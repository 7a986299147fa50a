import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { advisoryEcosystemsOf } from '../../distros/lookup.ts'
import { versions } from './version.ts'

/** Alpine and the distributions that use its package manager. */
export const apkTraits: EcosystemTraits = {
  type: 'apk',
  title: { en: 'Alpine packages', ko: '알파인 패키지' },
  class: 'os-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: advisoryEcosystemsOf,
}
