import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { advisoryEcosystemsOf } from '../../distros/lookup.ts'
import { apkInstalled } from './installed.ts'
import { versions } from './version.ts'

/** Alpine and the distributions that use its package manager. */
export const apk: Ecosystem = {
  type: 'apk',
  title: { en: 'Alpine packages', ko: '알파인 패키지' },
  class: 'os-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: advisoryEcosystemsOf,
  extractors: [apkInstalled],
}
