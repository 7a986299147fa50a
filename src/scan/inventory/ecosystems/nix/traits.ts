import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Nix. Nobody publishes advisories by Nix package: its packages are known, not judged. */
export const nixTraits: EcosystemTraits = {
  type: 'nix',
  title: { en: 'Nix', ko: 'Nix' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => [],
}
