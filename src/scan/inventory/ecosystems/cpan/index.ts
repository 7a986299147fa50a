import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { cpanfileSnapshot } from './cpanfile-snapshot.ts'
import { perlInstalled } from './installed.ts'
import { perlMeta } from './meta.ts'
import { versions } from './version.ts'

/** Perl. A package is a distribution (`Try-Tiny`), not one of its modules. */
export const cpan: Ecosystem = {
  type: 'cpan',
  title: { en: 'Perl (CPAN)', ko: 'Perl (CPAN)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['CPAN'],
  extractors: [cpanfileSnapshot, perlInstalled, perlMeta],
}
