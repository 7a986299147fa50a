import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { opamPackage } from './package.ts'
import { versions } from './version.ts'

/** OCaml. */
export const opam: Ecosystem = {
  type: 'opam',
  title: { en: 'OCaml (opam)', ko: 'OCaml (opam)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name,
  advisoryEcosystems: () => ['opam'],
  extractors: [opamPackage],
}
