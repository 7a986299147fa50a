import type { ContentFile, Extractor, FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'
import { type SqliteValue, sqliteRecords } from '../../../../base/sqlite.ts'

const place = /(?:^|\/)Microsoft\.(?:DesktopAppInstaller|Winget)[^/]{0,100}\/(?:[^/]{1,200}\/){0,3}installed\.db$/i

/**
 * What the Windows Package Manager installed: `…/Microsoft.DesktopAppInstaller_…/LocalState/…/installed.db`, an SQLite file with its tables `ids`, `names` and
 * `versions` of texts, and `manifest`, each row of which points into them (its index' schema 1).
 */
export const wingetInstalled: Extractor = {
  id: 'winget',
  revision: 1,
  stage: 'installed',
  patterns: [{ basename: 'installed.db', where: ({ path }) => place.test(path) }],
  maxBytes: 256 * 1024 * 1024,
  parse: (file, problem = () => {}) => packagesOf(file, problem),
}

function packagesOf(file: ContentFile, problem: ReportProblem): FoundPackage[] {
  const [ids, names, versions] = (['id', 'name', 'version'] as const).map(column => textsOf(file, column, problem))
  return [...sqliteRecords(file, 'manifest', problem)].flatMap(row => {
    const name = ids!.get(row.get('id'))
    const version = versions!.get(row.get('version')) ?? ''
    const title = names!.get(row.get('name'))
    return name ? [{ name, version, ...(title && { extra: { title } }) }] : []
  })
}

/** Table `ids (rowid INTEGER PRIMARY KEY, id TEXT)` and its like. */
function textsOf(file: ContentFile, column: string, problem: ReportProblem): Map<SqliteValue | undefined, string> {
  return new Map(
    [...sqliteRecords(file, `${column}s`, problem)].flatMap((row): [SqliteValue | undefined, string][] => {
      const text = row.get(column)
      return typeof text === 'string' ? [[row.get('rowid'), text]] : []
    }),
  )
}
