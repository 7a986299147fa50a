import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { advisoryEcosystemsOf } from '../../distros/lookup.ts'
import { versions } from './version.ts'

/** Red Hat and its rebuilds, Fedora, Amazon, Oracle, SUSE, Azure Linux, Photon. */
export const rpmTraits: EcosystemTraits = {
  type: 'rpm',
  title: { en: 'RPM packages', ko: 'RPM 패키지' },
  class: 'os-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: advisoryEcosystemsOf,
}
