import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { rustbinary } from './binary.ts'
import { cargo as cargoFiles } from './cargo.ts'
import { versions } from './version.ts'

/** Rust crates. */
export const cargo: Ecosystem = {
  type: 'cargo',
  title: { en: 'Rust', ko: 'Rust' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['crates.io'],
  extractors: [cargoFiles, rustbinary],
}
