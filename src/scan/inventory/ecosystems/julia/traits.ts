import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Julia. */
export const juliaTraits: EcosystemTraits = {
  type: 'julia',
  title: { en: 'Julia', ko: 'Julia' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['Julia'],
}
