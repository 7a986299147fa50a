import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { bitnamiSpdx } from './spdx.ts'
import { versions } from './version.ts'

/** What Bitnami's images bring beside the distribution. */
export const bitnami: Ecosystem = {
  type: 'bitnami',
  title: { en: 'Bitnami', ko: 'Bitnami' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['Bitnami'],
  extractors: [bitnamiSpdx],
}
