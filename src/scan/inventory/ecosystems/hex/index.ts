import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { gleam } from './gleam.ts'
import { mixLock } from './mix-lock.ts'
import { otpApp } from './otp-app.ts'
import { rebarLock } from './rebar-lock.ts'
import { versions } from './version.ts'

/** Elixir and Erlang. */
export const hex: Ecosystem = {
  type: 'hex',
  title: { en: 'Elixir and Erlang (Hex)', ko: 'Elixir, Erlang (Hex)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['Hex'],
  extractors: [mixLock, rebarLock, gleam, otpApp],
}
