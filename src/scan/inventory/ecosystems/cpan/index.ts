import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { cpanfileSnapshot } from './cpanfile-snapshot.ts'
import { perlInstalled } from './installed.ts'
import { perlMeta } from './meta.ts'
import { cpanTraits } from './traits.ts'

export const cpan: Ecosystem = {
  ...cpanTraits,
  extractors: [cpanfileSnapshot, perlInstalled, perlMeta],
}
