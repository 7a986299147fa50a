import { foundList, idOf } from '../../../../base/found.ts'
import { entriesAt, isObject, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { type KeyLines, keyLines } from './key-lines.ts'
import { licensesOf } from './licenses.ts'
import { originOf, versionOfTarball } from './package.ts'
import { parseOldLock } from './package-lock-v1.ts'

/** package-lock.json and npm-shrinkwrap.json of npm 5 to 11: lockfileVersion 1, 2 (both forms in one file), 3. */
export const packageLock: Extractor = {
  id: 'npm',
  revision: 2,
  stage: 'lock',
  patterns: [{ basename: 'package-lock.json' }, { basename: 'npm-shrinkwrap.json' }],
  parse(file) {
    const text = file.text()
    const lock = parseJsonObject(text)
    const isNew = entriesAt(lock, 'packages').length > 0 || !isObject(own(lock, 'dependencies'))
    return isNew ? parseLock(lock, keyLines(text)) : parseOldLock(lock)
  },
}

interface Node {
  key: string
  facts: Record<string, unknown>
  name: string
  version: string
  lines?: { start: number; end: number }
}

type Tree = Map<string, Node>

/**
 * `packages` (docs.npmjs.com, package-lock.json): keys are folders relative to the root, `''` the root itself. `link: true` points to the folder in
 * `resolved`; a folder outside node_modules is a workspace or a linked package. `name` is there where it differs from the folder's (aliases, links).
 */
function parseLock(lock: Record<string, unknown>, lines: KeyLines): FoundPackage[] {
  const { tree, links } = readTree(lock, lines)
  const found = foundList()
  const direct = directIds(tree, links)
  for (const node of tree.values()) {
    if (node.version === '' && !isFetched(node)) continue
    const { name, version } = node
    found.add({ name, version, ...factsOf(node, tree, links, direct.has(idOf(node))) })
  }
  return found.all()
}

/** Without a version, a package from an address is still one; a folder of the project is none, nor what is not installed (npm keeps empty entries for optional peers). */
function isFetched({ key, facts }: Node): boolean {
  return key.includes('node_modules/') && stringAt(facts, 'resolved') !== undefined
}

function readTree(lock: Record<string, unknown>, lines: KeyLines): { tree: Tree; links: Map<string, string> } {
  const tree: Tree = new Map()
  const links = new Map<string, string>()
  const linkNames = new Map<string, string>()
  const entries = entriesAt(lock, 'packages')
  for (const [key, facts] of entries) {
    if (own(facts, 'link') !== true) continue
    const target = stringAt(facts, 'resolved') ?? ''
    links.set(key, target)
    if (!linkNames.has(target)) linkNames.set(target, nameOfKey(key))
  }
  lines.enter('packages')
  for (const [key, facts] of entries) {
    const at = lines.next(key)
    if (!isObject(facts) || links.has(key)) continue
    const name = stringAt(facts, 'name') ?? linkNames.get(key) ?? nameOfKey(key)
    const version = stringAt(facts, 'version') ?? versionOfTarball(name, stringAt(facts, 'resolved') ?? '')
    if (key === '' || name !== '') tree.set(key, { key, facts, name, version, lines: at })
  }
  return { tree, links }
}

function factsOf(node: Node, tree: Tree, links: Map<string, string>, direct: boolean): Partial<FoundPackage> {
  const { key, facts } = node
  const workspace = !key.includes('node_modules/')
  const place = key === '' ? 'root' : workspace ? 'workspace' : direct ? 'direct' : 'indirect'
  const licenses = licensesOf(facts)
  const extra = originOf({ integrity: stringAt(facts, 'integrity'), resolved: stringAt(facts, 'resolved') })
  const dependsOn = neededBy(node, tree, links, ['dependencies', 'optionalDependencies', 'peerDependencies'])
  return {
    relationship: place,
    ...(node.lines && { lines: node.lines }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(own(facts, 'dev') === true && { development: true }),
    ...(licenses.length > 0 && { licenses }),
    ...(extra && { extra }),
  }
}

/** What the root and the workspaces ask for themselves. */
function directIds(tree: Tree, links: Map<string, string>): Set<string> {
  const fields = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
  const roots = [...tree.values()].filter(({ key }) => !key.includes('node_modules/'))
  return new Set(roots.flatMap(root => neededBy(root, tree, links, fields)))
}

function neededBy(node: Node, tree: Tree, links: Map<string, string>, fields: string[]): string[] {
  const ids = new Set<string>()
  for (const field of fields) {
    for (const [name] of entriesAt(node.facts, field)) {
      const target = resolve(node.key, name, tree, links)
      if (target) ids.add(idOf(target))
    }
  }
  return [...ids]
}

/** Node's way: the nearest `node_modules/<name>` from the package's own folder up to the root. */
function resolve(from: string, name: string, tree: Tree, links: Map<string, string>): Node | undefined {
  for (let folder = from, left = 64; left > 0; left--) {
    const key = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    const target = links.get(key)
    const node = target === undefined ? tree.get(key) : tree.get(target)
    if (node) return node
    if (folder === '') return undefined
    folder = parent(folder)
  }
  return undefined
}

/** The folder that holds a package: before its own `node_modules/<name>`; else one folder up (workspaces). */
function parent(folder: string): string {
  const at = folder.lastIndexOf('node_modules/')
  if (at >= 0) return folder.slice(0, Math.max(0, at - 1))
  return folder.slice(0, Math.max(0, folder.lastIndexOf('/')))
}

function nameOfKey(key: string): string {
  const at = key.lastIndexOf('node_modules/')
  if (at >= 0) return key.slice(at + 'node_modules/'.length)
  return /(?:^|\/)((?:@[^/]+\/)?[^/]+)$/.exec(key)?.[1] ?? ''
}
