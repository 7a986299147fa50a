import type { EcosystemTraits } from '../../../../base/model/ecosystem.ts'
import { versions } from './version.ts'

/** Lua. */
export const luarocksTraits: EcosystemTraits = {
  type: 'luarocks',
  title: { en: 'Lua (LuaRocks)', ko: 'Lua (LuaRocks)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['LuaRocks'],
}
