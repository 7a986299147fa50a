import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { manifest } from './manifest.ts'
import { versions } from './version.ts'

/** Julia. */
export const julia: Ecosystem = {
  type: 'julia',
  title: { en: 'Julia', ko: 'Julia' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['Julia'],
  extractors: [manifest],
}
