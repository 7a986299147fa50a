import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * DESCRIPTION of an installed R package, in Debian control form: `Package`, `Version`, `License`, `Repository`, `Depends`, `Imports`, `LinkingTo`.
 * `Built` tells an installed package, `Packaged` one as it was published, from a source tree that somebody works on; R's own (`Priority: base`) carry R's version and are part of R.
 */
export const description: Extractor = {
  id: 'r-package',
  revision: 2,
  stage: 'installed',
  patterns: [{ basename: 'DESCRIPTION' }],
  maxBytes: 1024 * 1024,
  parse: file => {
    const fields = fieldsOf(file.text())
    return isPublished(fields) ? packageOf(fields) : undefined
  },
}

/** DESCRIPTION of a package that is worked on ("Writing R Extensions"): outside of any library, and not published yet. */
export const projectDescription: Extractor = {
  id: 'r-project',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'DESCRIPTION', where: ({ path }) => !/(?:^|\/)(?:site-)?library\//.test(path) }],
  maxBytes: 1024 * 1024,
  parse: file => {
    const fields = fieldsOf(file.text())
    // Fields that R demands of every package: other software has files of this name.
    if (isPublished(fields) || !fields.has('Title') || !fields.has('License')) return undefined
    return packageOf(fields)?.map(found => ({ ...found, relationship: 'root' as const }))
  },
}

const isPublished = (fields: Map<string, string>) => fields.has('Built') || fields.has('Packaged')

function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  let last = ''
  for (const line of text.split(/\r?\n/)) {
    const match = /^([A-Za-z][A-Za-z0-9/@-]{0,100}):(.*)$/.exec(line)
    if (match) {
      last = match[1]!
      fields.set(last, match[2]!.trim())
    } else if (last !== '' && /^\s/.test(line)) fields.set(last, `${fields.get(last)} ${line.trim()}`)
  }
  return fields
}

function packageOf(fields: Map<string, string>): FoundPackage[] | undefined {
  const name = fields.get('Package')
  const version = fields.get('Version')
  if (!name || !version) return undefined
  const repository = fields.has('biocViews') ? 'Bioconductor' : fields.get('Repository')
  const license = fields.get('License')
  const needs = ['Depends', 'Imports', 'LinkingTo'].flatMap(field => (fields.get(field) ?? '').split(','))
  return [
    {
      name,
      version,
      licenses: license
        ? license
            .split('|')
            .map(text => text.trim())
            .filter(text => !/^file /i.test(text))
        : [],
      dependsOn: needs.map(need => need.trim().split(/[\s(]/, 1)[0]!).filter(need => need !== '' && need !== 'R'),
      ...(repository && { extra: { repository } }),
    },
  ]
}
