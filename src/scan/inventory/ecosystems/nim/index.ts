import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { fuzzy } from '../../versions/fuzzy.ts'
import { nimbleLock, nimblePackage } from './nimble.ts'

/** Nim. Nobody publishes advisories by Nimble package: they are known, not judged. */
export const nim: Ecosystem = {
  type: 'nim',
  title: { en: 'Nim (Nimble)', ko: 'Nim (Nimble)' },
  class: 'lang-pkgs',
  versions: fuzzy,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => [],
  extractors: [nimbleLock, nimblePackage],
}
