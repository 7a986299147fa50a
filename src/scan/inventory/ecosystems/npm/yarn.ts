import { foundList, idOf, reachable } from '../../../../base/found.ts'
import type { Extractor, FactView, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { originOf } from './package.ts'
import { parseYarnLock, type YarnNode } from './yarn-nodes.ts'

interface YarnFacts {
  nodes?: YarnNode[]
  manifest?: Manifest
}

/** yarn.lock of Yarn 1 and of Yarn 2 and later ("berry"). Which packages are direct or for development only, the package.json files below it say. */
export const yarn: Extractor<YarnFacts> = {
  id: 'yarn',
  revision: 2,
  stage: 'lock',
  patterns: [{ basename: 'yarn.lock' }, { basename: 'package.json' }],
  parse(file, problem) {
    if (file.path.endsWith('yarn.lock')) return { nodes: parseYarnLock(file.text(), problem) }
    const manifest = readManifest(file)
    return manifest && { manifest }
  },
  assemble(view) {
    const manifests = manifestsByLock(view)
    return view.files.flatMap(({ path, facts }) =>
      facts.nodes ? packagesOf(path, facts.nodes, manifests.get(path) ?? []) : [],
    )
  },
}

/** By lock file, the manifests that it answers for: those in its folder and below that have no nearer lock file. */
function manifestsByLock(view: FactView<YarnFacts>): Map<string, Manifest[]> {
  const locks = new Map<string, Manifest[]>()
  for (const { path, facts } of view.files) if (facts.nodes) locks.set(path, [])
  for (const { path, facts } of view.files) {
    if (!facts.manifest) continue
    for (let folder = path; folder !== ''; ) {
      folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))
      const manifests = locks.get(folder === '' ? 'yarn.lock' : `${folder}/yarn.lock`)
      if (!manifests) continue
      manifests.push(facts.manifest)
      break
    }
  }
  return locks
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
  // The manifests of workspaces are roots themselves, and tell apart what berry's entry for them mixes.
  const next = (node: YarnNode) => (node.workspace && manifests.length > 0 ? [] : needs(node))
  const needed = reachable(production, next)
  const developed = reachable(development, next)
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
