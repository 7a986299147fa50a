import { foundList, idOf, reachable } from '../../../../base/found.ts'
import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { folderOf, outsideSitePackages } from './names.ts'
import { type ProjectNeeds, projectNeeds } from './pyproject-groups.ts'
import { byName, maxTomlBytes, parseToml } from './toml-lock.ts'

/** One package of a lock file, as facts. */
export interface LockFact {
  name: string
  version: string
  /** Normalised names. */
  needs: string[]
  /** Stated by the lock file itself. */
  development?: boolean
  groups?: string[]
  extra?: Record<string, string>
  lines?: { start: number; end: number }
}

export interface LockFacts {
  packages?: LockFact[]
  project?: ProjectNeeds
}

/** An extractor of a lock file that leaves to the pyproject.toml beside it which packages are direct, and (where it does not say so itself) which are for development. */
export function projectLock(id: string, basename: string, read: (text: string) => LockFact[]): Extractor<LockFacts> {
  return {
    id,
    revision: 1,
    stage: 'lock',
    maxBytes: maxTomlBytes,
    patterns: [
      { basename, where: outsideSitePackages },
      { basename: 'pyproject.toml', where: outsideSitePackages },
    ],
    parse(file) {
      if (!file.path.endsWith('pyproject.toml')) return { packages: read(file.text()) }
      try {
        return { project: projectNeeds(parseToml(file.text())) }
      } catch {
        // Whoever reads the manifest for its own sake says that it is broken.
        return undefined
      }
    },
    assemble: view =>
      view.files.flatMap(({ path, facts }) => (facts.packages ? packagesOf(path, facts.packages, view) : [])),
  }
}

function packagesOf(path: string, packages: LockFact[], view: FactView<LockFacts>): FoundPackage[] {
  const project = view.get(`${folderOf(path)}pyproject.toml`)?.project
  const names = byName(packages)
  const find = (list: string[] = []) => list.flatMap(name => names.get(name) ?? [])
  const id = (pkg: LockFact) => `${path}#${idOf(pkg)}`
  const production = find(project?.production)
  const development = find(project?.development)
  const direct = new Set([...production, ...development])
  const isDevelopment = developmentOf(production, development, project, find)
  const found = foundList()
  for (const pkg of packages) {
    if (pkg.version === '') continue
    const dependsOn = find(pkg.needs)
      .filter(({ version }) => version !== '')
      .map(id)
    found.add({
      id: id(pkg),
      name: pkg.name,
      version: pkg.version,
      path,
      ...(pkg.lines && { lines: pkg.lines }),
      ...(direct.size > 0 && { relationship: direct.has(pkg) ? 'direct' : 'indirect' }),
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(isDevelopment(pkg) && { development: true }),
      ...(pkg.extra && { extra: pkg.extra }),
    })
  }
  return found.all()
}

function developmentOf(
  production: LockFact[],
  development: LockFact[],
  project: ProjectNeeds | undefined,
  find: (names?: string[]) => LockFact[],
): (pkg: LockFact) => boolean {
  const needs = (pkg: LockFact) => find(pkg.needs)
  const produced = reachable(production, needs)
  const developed = reachable(development, needs)
  const groups = new Set(project?.developmentGroups ?? ['dev'])
  return pkg => {
    if (pkg.development !== undefined) return pkg.development
    if (pkg.groups) return pkg.groups.every(group => groups.has(group))
    return developed.has(pkg) && !produced.has(pkg)
  }
}
