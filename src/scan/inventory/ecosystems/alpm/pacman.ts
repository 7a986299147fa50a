import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'

interface Facts {
  package?: FoundPackage
  files?: string[]
}

const folder = 'var/lib/pacman/local/'

/**
 * pacman's database of installed packages: `var/lib/pacman/local/NAME-VERSION/desc` and, beside it, `files`. Both are
 *
 *     *( "%" KEY "%" newline *( value newline ) newline )
 *
 * with NAME, VERSION ([epoch:]pkgver-pkgrel), BASE (the source package), ARCH, LICENSE, DEPENDS, PACKAGER … and FILES (folders end in "/").
 */
export const pacman: Extractor<Facts> = {
  id: 'alpm',
  revision: 1,
  stage: 'installed',
  patterns: [
    { basename: 'desc', where: ({ path }) => path.startsWith(folder) },
    { basename: 'files', where: ({ path }) => path.startsWith(folder) },
  ],
  parse: file => {
    const sections = sectionsOf(file.text())
    if (file.path.endsWith('/desc')) return { package: packageOf(sections) }
    return { files: (sections.get('FILES') ?? []).filter(path => !path.endsWith('/')) }
  },
  assemble: ({ files, get }: FactView<Facts>) =>
    files.flatMap(({ path, facts }) => {
      if (!facts.package) return []
      const owned = get(`${path.slice(0, -'desc'.length)}files`)?.files
      return [{ ...facts.package, path, ...(owned && { files: owned }) }]
    }),
}

function sectionsOf(text: string): Map<string, string[]> {
  const sections = new Map<string, string[]>()
  let values: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const key = /^%([A-Z0-9]{1,64})%$/.exec(line)?.[1]
    if (key) {
      values = []
      sections.set(key, values)
    } else if (line !== '') values.push(line)
  }
  return sections
}

function packageOf(sections: Map<string, string[]>): FoundPackage {
  const first = (key: string) => sections.get(key)?.[0]
  const name = first('NAME')
  const version = first('VERSION')
  if (!name || !version) throw new SyntaxError('no %NAME% or no %VERSION%')
  const arch = first('ARCH')
  const maintainer = first('PACKAGER')
  return {
    name,
    version,
    source: { name: first('BASE') ?? name, version },
    licenses: sections.get('LICENSE') ?? [],
    dependsOn: (sections.get('DEPENDS') ?? []).map(need => need.split(/[<>=:]/, 1)[0]!),
    ...(arch && { arch }),
    ...(maintainer && { maintainer }),
  }
}
