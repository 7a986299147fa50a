import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { advisoryEcosystemsOf } from '../../distros/lookup.ts'
import { versions } from './version.ts'

/** Debian, Ubuntu and what is made from them. */
export const debTraits: EcosystemTraits = {
  type: 'deb',
  title: { en: 'Debian packages', ko: '데비안 패키지' },
  class: 'os-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: advisoryEcosystemsOf,
}
