import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Rust crates. */
export const cargoTraits: EcosystemTraits = {
  type: 'cargo',
  title: { en: 'Rust', ko: 'Rust' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['crates.io'],
}
