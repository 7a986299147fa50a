import { reachable } from '../../../../base/found.ts'
import type { ContentFile, Extractor, FactView, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { type Locked, parseLock } from './lock.ts'
import { type Dependency, lowestVersion, type Manifest, parseManifest } from './manifest.ts'

type Facts = { lock: Locked[] } | { manifest: Manifest }

/** Cargo.lock; Cargo.toml for what a lock does not say (roots, development), and alone where no lock covers it. */
export const cargo: Extractor<Facts> = {
  id: 'cargo',
  revision: 2,
  stage: 'lock',
  patterns: [
    { basename: 'Cargo.lock', where: outsideRegistry },
    { basename: 'Cargo.toml', where: outsideRegistry },
  ],
  maxBytes: 16 * 1024 * 1024,
  parse: (file: ContentFile) =>
    file.path.endsWith('.lock') ? { lock: parseLock(file.text()) } : { manifest: parseManifest(file.text()) },
  assemble,
}

/** Not what a crate's authors worked with: Cargo's home keeps sources in `registry/src` and `git/checkouts`. */
function outsideRegistry({ path }: FileEntry): boolean {
  return !/(?:^|\/)\.?cargo\/(?:registry\/src|git\/checkouts)\//.test(path)
}

function assemble(view: FactView<Facts>): FoundPackage[] {
  const manifests: Located[] = []
  const locks: { folder: string; path: string; lock: Locked[] }[] = []
  for (const { path, facts } of view.files) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    if ('lock' in facts) locks.push({ folder, path, lock: facts.lock })
    else manifests.push({ folder, path, manifest: facts.manifest })
  }
  const covered = new Set<string>()
  const packages: FoundPackage[] = []
  for (const { folder, path, lock } of locks) {
    const names = new Set(lock.filter(item => item.source === undefined).map(item => item.name))
    const members = manifests.filter(
      item => item.folder.startsWith(folder) && names.has(item.manifest.package?.name ?? ''),
    )
    for (const member of members) covered.add(member.path)
    for (const pkg of packagesOfLock(path, lock, members)) packages.push(pkg)
  }
  for (const item of manifests) if (!covered.has(item.path)) packages.push(...packagesOfManifest(item, manifests))
  return packages
}

interface Located {
  folder: string
  path: string
  manifest: Manifest
}

function packagesOfLock(path: string, lock: Locked[], members: Located[]): FoundPackage[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const own = lock.filter(item => item.source === undefined)
  const root = members.find(item => item.folder === folder)?.manifest.package?.name
  const direct = new Set(own.flatMap(item => item.dependsOn))
  const used = usedAtRuntime(lock, own, members)
  const scope = `${path}#`
  return lock.map(item => ({
    id: scope + item.id,
    name: item.name,
    version: item.version,
    path,
    licenses: licensesOf(item, members),
    ...(item.line > 0 ? { lines: { start: item.line, end: item.line } } : {}),
    dependsOn: item.dependsOn.map(id => scope + id),
    relationship: relationshipOf(item, root, own.length, direct),
    ...(used !== undefined && !used.has(item.id) ? { development: true } : {}),
    ...extraOf(item),
  }))
}

function relationshipOf(item: Locked, root: string | undefined, ownCount: number, direct: Set<string>) {
  if (item.source !== undefined) return direct.has(item.id) ? 'direct' : 'indirect'
  return item.name === root || (root === undefined && ownCount === 1) ? 'root' : 'workspace'
}

function licensesOf(item: Locked, members: Located[]): string[] {
  if (item.source !== undefined) return []
  const license = members.find(member => member.manifest.package?.name === item.name)?.manifest.package?.license
  return license === undefined ? [] : [license]
}

function extraOf(item: Locked): { extra?: Record<string, string> } {
  if (item.source === undefined) return {}
  return { extra: { source: item.source, ...(item.checksum === undefined ? {} : { checksum: item.checksum }) } }
}

/** Ids that the workspace's packages need other than for development; undefined where not every one of their manifests is there to say so. */
function usedAtRuntime(lock: Locked[], own: Locked[], members: Located[]): Set<string> | undefined {
  const manifests = new Map(members.map(member => [member.manifest.package?.name, member.manifest]))
  if (own.length === 0 || own.some(item => !manifests.has(item.name))) return undefined
  const byId = new Map(lock.map(item => [item.id, item]))
  return reachable(
    own.map(item => item.id),
    id => {
      const item = byId.get(id)
      const manifest = item?.source === undefined ? manifests.get(item?.name) : undefined
      if (item === undefined || manifest === undefined) return item?.dependsOn ?? []
      const needed = new Set(
        manifest.dependencies.filter(dependency => dependency.kind !== 'dev').map(dependency => dependency.name),
      )
      return item.dependsOn.filter(dependency => needed.has(byId.get(dependency)?.name ?? ''))
    },
  )
}

function packagesOfManifest({ path, folder, manifest }: Located, all: Located[]): FoundPackage[] {
  const workspace = all
    .filter(item => item.manifest.workspace !== undefined && folder.startsWith(item.folder))
    .reduce<Located | undefined>(
      (best, item) => (item.folder.length >= (best?.folder.length ?? 0) ? item : best),
      undefined,
    )
  const shared = new Map(workspace?.manifest.workspace?.dependencies)
  const packages: FoundPackage[] = []
  const itself = manifest.package
  if (itself !== undefined) {
    const version = itself.inheritsVersion ? (workspace?.manifest.workspace?.version ?? '') : itself.version
    const licenses = itself.license === undefined ? [] : [itself.license]
    packages.push({ name: itself.name, version, path, licenses, relationship: 'root' })
  }
  for (const dependency of manifest.dependencies) {
    const stated =
      dependency.inherited === undefined ? dependency : { ...shared.get(dependency.inherited), kind: dependency.kind }
    packages.push(...packageOfDependency(stated, path))
  }
  return packages
}

/** A requirement is a range: what is reported is the lowest version of it, the range beside. Folders are the project's own code. */
function packageOfDependency(dependency: Partial<Dependency>, path: string): FoundPackage[] {
  const { name, requirement = '', git, commit } = dependency
  const version = lowestVersion(requirement)
  if (name === undefined || (version === '' && commit === undefined) || (dependency.path && version === '')) return []
  const extra: Record<string, string> = {}
  if (requirement !== '' && requirement !== version) extra.requirement = requirement
  if (git !== undefined) extra.repository = git
  if (commit !== undefined) extra.commit = commit
  const development = dependency.kind === 'normal' ? {} : { development: true }
  return [{ name, version, path, licenses: [], relationship: 'direct', ...development, extra }]
}
