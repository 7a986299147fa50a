import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { composerVendor } from './installed.ts'
import { composerLock } from './lock.ts'
import { versions } from './version.ts'

/** Composer: PHP packages of Packagist. */
export const composer: Ecosystem = {
  type: 'composer',
  title: { en: 'PHP (Composer)', ko: 'PHP (컴포저)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['Packagist'],
  extractors: [composerLock, composerVendor],
}
