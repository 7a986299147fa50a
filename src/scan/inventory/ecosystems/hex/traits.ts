import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Elixir and Erlang. */
export const hexTraits: EcosystemTraits = {
  type: 'hex',
  title: { en: 'Elixir and Erlang (Hex)', ko: 'Elixir, Erlang (Hex)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['Hex'],
}
