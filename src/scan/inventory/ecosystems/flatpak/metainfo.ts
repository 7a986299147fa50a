import type { Extractor } from '../../../../base/model/ecosystem.ts'

const place =
  /(?:^|\/)flatpak\/app\/([^/]+)\/(?:([^/]+)\/[^/]+\/[^/]+\/|current\/active\/)(?:export\/|files\/)share\/(?:metainfo|appdata)\/[^/]+\.(?:metainfo|appdata)\.xml$/

/**
 * `flatpak/app/ID/ARCH/BRANCH/COMMIT/export/share/metainfo/*.metainfo.xml` (AppStream; `current/active` leads to the same): the folders name the application, the first
 * `<release version="…">` is the newest. The file is read as text: nothing in it is expanded.
 */
export const flatpakMetainfo: Extractor = {
  id: 'flatpak',
  revision: 2,
  stage: 'installed',
  patterns: [{ extension: '.xml', where: ({ path }) => place.test(path) }],
  maxBytes: 4 * 1024 * 1024,
  parse: file => {
    const [, name, arch] = place.exec(file.path) ?? []
    if (!name) return undefined
    const version = /<release\s[^>]{0,1000}?\bversion\s{0,10}=\s{0,10}["']([^"'<>]{1,100})["']/.exec(file.text())?.[1]
    return [{ name, version: version ?? '', ...(arch && { arch }) }]
  },
}
