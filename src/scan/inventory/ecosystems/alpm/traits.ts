import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { advisoryEcosystemsOf } from '../../distros/lookup.ts'
import { versions } from './version.ts'

/** Arch Linux and what is made from it. */
export const alpmTraits: EcosystemTraits = {
  type: 'alpm',
  title: { en: 'Arch Linux packages', ko: '아치 리눅스 패키지' },
  class: 'os-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: advisoryEcosystemsOf,
}
