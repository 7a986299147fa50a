import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { formatPurl } from '../../../../base/purl.ts'

interface Facts {
  files?: string[]
  text?: string
}

const entry = /^var\/db\/pkg\/([^/]+)\/([^/]+)\/(CONTENTS|LICENSE|SLOT|PF)$/
const wanted = ({ path }: { path: string }) => entry.test(path)

/**
 * Portage's database of installed packages: `var/db/pkg/CATEGORY/NAME-VERSION/`, the folder's name being the package
 * (Package Manager Specification 3.1: the version begins after the last hyphen that a version follows), with files of one fact each:
 * CONTENTS (`obj PATH MD5 TIME`, `sym PATH -> TARGET TIME`, `dir PATH`), LICENSE, SLOT, PF (the folder's name again: it alone is enough).
 */
export const portage: Extractor<Facts> = {
  id: 'portage',
  revision: 3,
  stage: 'installed',
  patterns: [
    { basename: 'CONTENTS', where: wanted },
    { basename: 'LICENSE', where: wanted },
    { basename: 'SLOT', where: wanted },
    { basename: 'PF', where: wanted },
  ],
  parse: file => (file.path.endsWith('/CONTENTS') ? { files: ownedFiles(file.text()) } : { text: file.text().trim() }),
  assemble: (view: FactView<Facts>) =>
    view.files.flatMap(({ path, facts }) => {
      if (facts.files) return packageOf(path, facts.files, view)
      const alone = path.endsWith('/PF') && view.get(path.replace(/PF$/, 'CONTENTS')) === undefined
      return alone ? packageOf(path, [], view) : []
    }),
}

function ownedFiles(contents: string): string[] {
  return contents.split('\n').flatMap(line => {
    const path = /^obj (\/.+) [0-9a-f]{32} \d+$/.exec(line)?.[1] ?? /^sym (\/.{1,4096}?) -> .+ \d+$/.exec(line)?.[1]
    return path ? [path.slice(1)] : []
  })
}

const named = /^(.+?)-(\d+(?:\.\d+)*[a-z]?(?:_(?:alpha|beta|pre|rc|p)\d*)*(?:-r\d+)?)$/

function packageOf(path: string, files: string[], view: FactView<Facts>): FoundPackage[] {
  const [, category = '', folder = ''] = entry.exec(path) ?? []
  const beside = (file: string) => view.get(path.replace(/(?:CONTENTS|PF)$/, file))?.text
  const [, name, version] = named.exec(beside('PF') ?? '') ?? named.exec(folder) ?? []
  if (!name || !version) return []
  const license = beside('LICENSE')
  const slot = beside('SLOT')
  return [
    {
      name: `${category}/${name}`,
      version,
      purl: formatPurl({ type: 'ebuild', namespace: category, name, version }),
      path,
      licenses: license ? [license] : [],
      files,
      ...(slot && { extra: { slot } }),
    },
  ]
}
