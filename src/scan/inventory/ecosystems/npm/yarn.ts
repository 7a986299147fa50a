import { foundList, idOf, reachable } from '../../../../base/found.ts'
import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { originOf, outsideNodeModules } from './package.ts'
import { parseYarnLock, type YarnNode } from './yarn-nodes.ts'

interface YarnFacts {
  nodes?: YarnNode[]
  manifest?: Manifest
}

/** yarn.lock of Yarn 1 and of Yarn 2 and later ("berry"). Which packages are direct or for development only, the package.json files below it say. */
export const yarn: Extractor<YarnFacts> = {
  id: 'yarn',
  revision: 1,
  stage: 'lock',
  patterns: [
    { basename: 'yarn.lock', where: outsideNodeModules },
    { basename: 'package.json', where: outsideNodeModules },
  ],
  parse(file) {
    if (file.path.endsWith('yarn.lock')) return { nodes: parseYarnLock(file.text()) }
    const manifest = readManifest(file)
    return manifest && { manifest }
  },
  assemble(view) {
    const locks = view.files.filter(({ facts }) => facts.nodes)
    return locks.flatMap(({ path, facts }) => packagesOf(path, facts.nodes!, manifestsBelow(path, locks, view)))
  },
}

/** The manifests that a lock file answers for: those in its folder and below that have no nearer lock file. */
function manifestsBelow(lock: string, locks: { path: string }[], view: FactView<YarnFacts>): Manifest[] {
  const folder = lock.slice(0, -'yarn.lock'.length)
  const nearer = locks
    .map(({ path }) => path.slice(0, -'yarn.lock'.length))
    .filter(other => other !== folder && other.startsWith(folder))
  return view.files.flatMap(({ path, facts }) => {
    if (!facts.manifest || !path.startsWith(folder) || nearer.some(other => path.startsWith(other))) return []
    return [facts.manifest]
  })
}

function packagesOf(path: string, nodes: YarnNode[], manifests: Manifest[]): FoundPackage[] {
  const find = finder(nodes)
  const id = (pkg: { name: string; version: string }) => `${path}#${idOf(pkg)}`
  const needs = (node: YarnNode) => node.needs.flatMap(([name, range]) => find(name, range) ?? [])
  const wanted = (pairs: [string, string][]) => pairs.flatMap(([name, range]) => find(name, range) ?? [])
  const workspaces = nodes.filter(node => node.workspace)
  const production = wanted(manifests.flatMap(manifest => manifest.dependencies))
  const development = wanted(manifests.flatMap(manifest => manifest.devDependencies))
  // Without a manifest berry's own workspace entries still tell what is direct; they mix in what is for development.
  const direct = new Set([...production, ...development, ...workspaces.flatMap(needs)])
  const needed = reachable(production, needs)
  const developed = reachable(development, needs)
  const found = foundList()
  for (const node of nodes) {
    if (node.version === undefined) continue
    const dependsOn = needs(node).flatMap(({ name, version }) => (version === undefined ? [] : id({ name, version })))
    const known = direct.size > 0
    found.add({
      id: id({ name: node.name, version: node.version }),
      name: node.name,
      version: node.version,
      path,
      lines: node.lines,
      ...(node.workspace
        ? { relationship: 'workspace' }
        : known && { relationship: direct.has(node) ? 'direct' : 'indirect' }),
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(developed.has(node) && !needed.has(node) && { development: true }),
      ...(node.resolved !== undefined && { extra: originOf(node) }),
    })
  }
  return found.all()
}

/** Finds the entry for a request: by its descriptor, with berry's default protocol, or (overridden by `resolutions`) the only one of that name. */
function finder(nodes: YarnNode[]): (name: string, range: string) => YarnNode | undefined {
  const byDescriptor = new Map<string, YarnNode>()
  const byName = new Map<string, YarnNode | undefined>()
  for (const node of nodes) {
    for (const descriptor of node.descriptors) byDescriptor.set(descriptor, node)
    byName.set(node.name, byName.has(node.name) ? undefined : node)
  }
  return (name, range) =>
    byDescriptor.get(`${name}@${range}`) ?? byDescriptor.get(`${name}@npm:${range}`) ?? byName.get(name)
}
