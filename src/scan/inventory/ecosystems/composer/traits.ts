import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Composer: PHP packages of Packagist. */
export const composerTraits: EcosystemTraits = {
  type: 'composer',
  title: { en: 'PHP (Composer)', ko: 'PHP (컴포저)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['Packagist'],
}
