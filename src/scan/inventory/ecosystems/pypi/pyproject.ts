import { foundList, idOf } from '../../../../base/found.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { folderOf, outsideSitePackages } from './names.ts'
import { pinnedByProject } from './pyproject-requirements.ts'
import { parseToml } from './toml-lock.ts'

/** Lock files that say better what a pyproject.toml in their folder, or below it, asks for. */
const locks = ['poetry.lock', 'uv.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock']

interface ProjectFacts {
  packages?: FoundPackage[]
  lock?: true
}

/** pyproject.toml where no lock file stands for it: what it pins, or begins at. */
export const pyproject: Extractor<ProjectFacts> = {
  id: 'pyproject',
  revision: 2,
  stage: 'lock',
  maxBytes: 4 << 20,
  patterns: ['pyproject.toml', ...locks].map(basename => ({ basename, where: outsideSitePackages })),
  parse(file) {
    if (!file.path.endsWith('pyproject.toml')) return { lock: true }
    const found = foundList()
    for (const pkg of pinnedByProject(parseToml(file.text()))) found.add(pkg)
    return { packages: found.all() }
  },
  assemble(view) {
    const locked = new Set(view.files.filter(({ facts }) => facts.lock).map(({ path }) => folderOf(path)))
    return view.files.flatMap(({ path, facts }) =>
      foldersAbove(path).some(folder => locked.has(folder))
        ? []
        : (facts.packages ?? []).map(pkg => ({ ...pkg, id: `${path}#${idOf(pkg)}`, path })),
    )
  },
}

function foldersAbove(path: string): string[] {
  const folders = ['']
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
    folders.push(path.slice(0, slash + 1))
  return folders
}
