import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Perl. A package is a distribution (`Try-Tiny`), not one of its modules. */
export const cpanTraits: EcosystemTraits = {
  type: 'cpan',
  title: { en: 'Perl (CPAN)', ko: 'Perl (CPAN)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['CPAN'],
}
