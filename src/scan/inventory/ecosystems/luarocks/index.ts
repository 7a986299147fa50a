import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { rockspec } from './rockspec.ts'
import { versions } from './version.ts'

/** Lua. */
export const luarocks: Ecosystem = {
  type: 'luarocks',
  title: { en: 'Lua (LuaRocks)', ko: 'Lua (LuaRocks)' },
  class: 'lang-pkgs',
  versions,
  normalizeName: name => name.toLowerCase(),
  advisoryEcosystems: () => ['LuaRocks'],
  extractors: [rockspec],
}
