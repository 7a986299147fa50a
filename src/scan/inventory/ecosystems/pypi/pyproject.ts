import { foundList, idOf } from '../../../../base/found.ts'
import { entriesOf } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { folderOf, outsideSitePackages } from './names.ts'
import { readRequirement } from './requirement.ts'
import { at, parseToml } from './toml-lock.ts'

/** Lock files that say better what a pyproject.toml in their folder, or below it, asks for. */
const locks = ['poetry.lock', 'uv.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock']

interface ProjectFacts {
  packages?: FoundPackage[]
  lock?: true
}

/** pyproject.toml where no lock file stands for it: what `[project]` and `[dependency-groups]` pin, or begin at. */
export const pyproject: Extractor<ProjectFacts> = {
  id: 'pyproject',
  revision: 1,
  stage: 'lock',
  maxBytes: 4 << 20,
  patterns: ['pyproject.toml', ...locks].map(basename => ({ basename, where: outsideSitePackages })),
  parse(file) {
    if (!file.path.endsWith('pyproject.toml')) return { lock: true }
    const document = parseToml(file.text())
    const found = foundList()
    const lists: [unknown, boolean][] = [
      [at(document, 'project', 'dependencies'), false],
      ...entriesOf(at(document, 'project', 'optional-dependencies')).map(
        ([, list]) => [list, false] as [unknown, boolean],
      ),
      ...entriesOf(at(document, 'dependency-groups')).map(([, list]) => [list, true] as [unknown, boolean]),
    ]
    for (const [list, development] of lists)
      for (const pkg of pinned(list)) found.add({ ...pkg, ...(development && { development }) })
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

function pinned(list: unknown): FoundPackage[] {
  if (!Array.isArray(list)) return []
  return list.flatMap(item => {
    const requirement = typeof item === 'string' ? readRequirement(item) : undefined
    if (!requirement?.version) return []
    const { name, version, range } = requirement
    return [{ name, version, relationship: 'direct', ...(range && { extra: { range } }) } satisfies FoundPackage]
  })
}

function foldersAbove(path: string): string[] {
  const folders = ['']
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1))
    folders.push(path.slice(0, slash + 1))
  return folders
}
