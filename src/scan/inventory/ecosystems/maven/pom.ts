import type { ContentFile, Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { nameOf } from './coordinates.ts'
import { type EffectivePom, type PomTree, type ResolvedDependency, resolvePom } from './effective.ts'
import { type Pom, parsePom } from './pom-file.ts'

/** pom.xml: the project and the dependencies that it states or inherits within the tree. */
export const pom: Extractor<Pom> = {
  id: 'pom',
  revision: 2,
  stage: 'lock',
  // Those under META-INF were copied there by a build, with what they inherit missing; those of archetypes are templates.
  patterns: [
    { basename: 'pom.xml', where: entry => !/(?:META-INF\/maven|archetype-resources)\//.test(entry.path) },
    // What Maven fetched: parents and lists of versions for the projects, not projects themselves.
    { extension: '.pom', where: entry => entry.path.includes('.m2/repository/') },
    // A `relativePath` may name any file: `parent.xml`, `pom-base.xml`.
    { extension: '.xml', where: ({ path, size }) => isOtherPom(path) && size <= 1 << 20 },
  ],
  maxBytes: 16 * 1024 * 1024,
  parse: parseFile,
  assemble,
}

const isOtherPom = (path: string) => /(?:^|\/)[^/]*(?:pom|parent|bom)[^/]*\.xml$/i.test(path) && !isProject(path)
const isProject = (path: string) => /(?:^|\/)pom\.xml$/.test(path)

/** A file of another name that is no POM is something else. */
function parseFile(file: ContentFile): Pom | undefined {
  if (!isOtherPom(file.path)) return parsePom(file.bytes())
  try {
    return parsePom(file.bytes())
  } catch {
    return undefined
  }
}

function assemble(view: FactView<Pom>): FoundPackage[] {
  const byName = new Map<string, string[]>()
  for (const { path, facts } of view.files) {
    const name = `${facts.group || facts.parent?.group}:${facts.artifact}`
    const paths = byName.get(name)
    if (paths === undefined) byName.set(name, [path])
    else paths.push(path)
  }
  const tree: PomTree = {
    get: path => view.get(path),
    problem: view.problem,
    find: (group, artifact) => byName.get(`${group}:${artifact}`) ?? [],
  }
  return view.files.flatMap(({ path }) => {
    const project = isProject(path) ? resolvePom(tree, path) : undefined
    return project === undefined ? [] : packagesOf(path, project)
  })
}

function packagesOf(path: string, project: EffectivePom): FoundPackage[] {
  const dependencies = project.dependencies
    .filter(item => item.artifact !== '' && !nameOf(item).includes('${'))
    .map(item => packageOf(path, item))
  if (project.artifact === '' || project.version === '') return dependencies
  const root: FoundPackage = {
    id: `${path}#`,
    name: nameOf(project),
    version: project.version,
    path,
    licenses: project.licenses,
    relationship: 'root',
    dependsOn: dependencies.map(item => item.id!),
  }
  return [root, ...dependencies]
}

/** Not shipped with the product: for tests, or there already where it runs. */
const outsideScopes = new Set(['test', 'provided', 'system'])

function packageOf(path: string, item: ResolvedDependency): FoundPackage {
  const extra: Record<string, string> = {}
  if (item.scope !== '' && item.scope !== 'compile') extra.scope = item.scope
  if (item.optional) extra.optional = 'true'
  if (item.requirement !== undefined) extra.requirement = item.requirement
  return {
    id: `${path}#${nameOf(item)}@${item.version}`,
    name: nameOf(item),
    version: item.version,
    path,
    lines: item.lines,
    licenses: [],
    relationship: 'direct',
    dependsOn: [],
    ...(outsideScopes.has(item.scope) ? { development: true } : {}),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  }
}
