import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/** luarocks.lock ("Pinning versions with a lock file"): a Lua table, `return { dependencies = { NAME = "VERSION-REVISION", ["NAME"] = "…" }, test_dependencies = {…} }`. */
export const luarocksLock: Extractor = {
  id: 'luarocks-lock',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'luarocks.lock' }],
  maxBytes: 1024 * 1024,
  parse: file => packagesOf(file.text()),
}

const table = /^\s{0,20}(\w{0,20}dependencies)\s{0,20}=\s{0,20}\{/
const entry = /^\s{0,20}(?:\["([^"]{1,255})"\]|(\w{1,255}))\s{0,20}=\s{0,20}"([^"]{1,255})"/

/** Lua itself stands among the dependencies, and is no rock. */
function packagesOf(text: string): FoundPackage[] {
  let development = false
  return text.split('\n').flatMap((line, index): FoundPackage[] => {
    const named = table.exec(line)?.[1]
    if (named) development = named !== 'dependencies'
    const [, quoted, bare, version] = entry.exec(line) ?? []
    const name = quoted ?? bare
    if (!name || !version || name === 'lua') return []
    const lines = { start: index + 1, end: index + 1 }
    return [{ name, version, lines, ...(development && { development }) }]
  })
}
