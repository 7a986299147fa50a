import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * NAME-VERSION-REVISION.rockspec, a Lua file of assignments; an installed rock has one below `lib/luarocks/rocks-5.x/NAME/VERSION-REVISION/`.
 * `package` and `version` are read where they are plain strings; where they are computed, the file's name says them, as LuaRocks demands.
 */
export const rockspec: Extractor = {
  id: 'lua-rocks',
  revision: 1,
  stage: 'installed',
  patterns: [{ extension: '.rockspec' }],
  maxBytes: 1024 * 1024,
  parse: file => packageOf(file.text(), file.path.slice(file.path.lastIndexOf('/') + 1)),
}

const literal = (text: string, key: string): string | undefined =>
  new RegExp(
    `^[ \\t]{0,20}${key}[ \\t]{0,20}=[ \\t]{0,20}(?:"([^"\\n]{1,255})"|'([^'\\n]{1,255})')[ \\t]{0,20},?[ \\t]{0,20}\\r?$`,
    'm',
  )
    .exec(text)
    ?.slice(1)
    .find(value => value !== undefined)

function packageOf(text: string, file: string): FoundPackage[] | undefined {
  const [, fileName, fileVersion] = /^(.{1,255}?)-([A-Za-z0-9._]{1,100}-\d{1,6})\.rockspec$/.exec(file) ?? []
  const name = literal(text, 'package') ?? fileName
  const version = literal(text, 'version') ?? fileVersion
  if (!name || !version) return undefined
  const license = literal(text, 'license')
  return [{ name, version, licenses: license ? [license] : [] }]
}
