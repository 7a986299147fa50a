import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** OCaml. */
export const opamTraits: EcosystemTraits = {
  type: 'opam',
  title: { en: 'OCaml (opam)', ko: 'OCaml (opam)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['opam'],
}
