import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Dart and Flutter. */
export const pubTraits: EcosystemTraits = {
  type: 'pub',
  title: { en: 'Dart (pub)', ko: 'Dart (pub)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['Pub'],
}
