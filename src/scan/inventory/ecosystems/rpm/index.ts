import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { advisoryEcosystemsOf } from '../../distros/lookup.ts'
import { bottlerocketInventory } from './bottlerocket.ts'
import { rpmqa } from './manifest.ts'
import { rpm as rpmDatabase } from './packages.ts'
import { versions } from './version.ts'

/** Red Hat and its rebuilds, Fedora, Amazon, Oracle, SUSE, Azure Linux, Photon. */
export const rpm: Ecosystem = {
  type: 'rpm',
  title: { en: 'RPM packages', ko: 'RPM 패키지' },
  class: 'os-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: advisoryEcosystemsOf,
  extractors: [rpmDatabase, rpmqa, bottlerocketInventory],
}
