import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { advisoryEcosystemsOf } from '../../distros/lookup.ts'
import { versions } from './version.ts'

/** Gentoo. */
export const ebuildTraits: EcosystemTraits = {
  type: 'ebuild',
  title: { en: 'Gentoo packages', ko: '젠투 패키지' },
  class: 'os-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: advisoryEcosystemsOf,
}
