import type { Ecosystem } from '../../../../base/model/ecosystem.ts'
import { luarocksLock } from './lock.ts'
import { rockspec } from './rockspec.ts'
import { luarocksTraits } from './traits.ts'

export const luarocks: Ecosystem = {
  ...luarocksTraits,
  extractors: [rockspec, luarocksLock],
}
