import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Go modules. Paths are case-sensitive. */
export const golangTraits: EcosystemTraits = {
  type: 'golang',
  title: { en: 'Go', ko: 'Go' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['Go'],
}
