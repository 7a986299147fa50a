import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Haskell. */
export const hackageTraits: EcosystemTraits = {
  type: 'hackage',
  title: { en: 'Haskell (Hackage)', ko: 'Haskell (Hackage)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['Hackage'],
}
