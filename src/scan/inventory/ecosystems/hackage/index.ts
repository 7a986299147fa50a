import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { cabalFreeze } from './cabal-freeze.ts'
import { stackLock } from './stack-lock.ts'
import { versions } from './version.ts'

/** Haskell. */
export const hackage: Ecosystem = {
  type: 'hackage',
  title: { en: 'Haskell (Hackage)', ko: 'Haskell (Hackage)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['Hackage'],
  extractors: [cabalFreeze, stackLock],
}
