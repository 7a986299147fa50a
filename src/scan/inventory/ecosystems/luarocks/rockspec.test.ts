import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { foundIn, named } from '../../check-extractor.ts'
import { luarocksLock } from './lock.ts'
import { rockspec } from './rockspec.ts'

test('rockspec: plain assignments, else the name of the file', () => {
  const plain = `package = "luasocket"
version = '3.1.0-1'
description = {
   summary = "Network support",
   license = "MIT",
}
`
  const folder = 'usr/local/lib/luarocks/rocks-5.4'
  const packages = foundIn(rockspec, {
    [`${folder}/luasocket/3.1.0-1/luasocket-3.1.0-1.rockspec`]: plain,
    [`${folder}/lua-cjson/2.1.0.10-1/lua-cjson-2.1.0.10-1.rockspec`]:
      'local _M = "2.1.0.10"\npackage = name\nversion = _M .. "-1"\n',
    'nothing.rockspec': '',
  })
  deepEqual(named(packages), ['luasocket 3.1.0-1', 'lua-cjson 2.1.0.10-1'])
  deepEqual(packages[0]!.licenses, ['MIT'])
})

test('luarocks.lock: versions pinned, those for tests apart, not Lua', () => {
  const lock = `return {
   build_dependencies = {
      ["luarocks-build-treesitter-parser"] = "5.0.0-1"
   },
   dependencies = {
      lpeg = "1.1.0-2",
      lua = "5.1-1"
   }
}
`
  deepEqual(named(foundIn(luarocksLock, { 'luarocks.lock': lock })), [
    'luarocks-build-treesitter-parser 5.0.0-1 (development)',
    'lpeg 1.1.0-2',
  ])
})
