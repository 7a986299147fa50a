import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { pubspecLock } from './pubspec-lock.ts'
import { versions } from './version.ts'

/** Dart and Flutter. */
export const pub: Ecosystem = {
  type: 'pub',
  title: { en: 'Dart (pub)', ko: 'Dart (pub)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['Pub'],
  extractors: [pubspecLock],
}
