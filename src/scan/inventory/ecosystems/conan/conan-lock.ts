import { entriesAt, entriesOf, itemsAt, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * conan.lock (JSON). A reference is `name/version[@user/channel][#recipe revision][:package id][#package revision][%time]`.
 *
 *     Conan 1  { graph_lock: { nodes: { "0": consumer, "1": { ref | pref, requires: [node, …] | { ref: node }, path? } } } }
 *     Conan 2  { version: "0.5", requires: [ref], build_requires: [ref], python_requires: [ref] }
 *
 * A node with a `path`, or without a reference, is the project itself: a package where its recipe says name and version.
 */
export const conanLock: Extractor = {
  id: 'conan',
  revision: 3,
  stage: 'lock',
  patterns: [{ basename: 'conan.lock' }],
  maxBytes: 16 * 1024 * 1024,
  parse: file => {
    const lock = parseJsonObject(file.text())
    const nodes = entriesAt(own(lock, 'graph_lock'), 'nodes')
    return nodes.length > 0 ? packagesOfGraph(nodes) : packagesOfLists(lock)
  },
}

const reference = /^([^/\s]{1,255})\/([^@#:%\s[\]]{1,255})(?:@([^#:%\s]{1,255}))?(?:#([0-9a-f]{1,64}))?/

/** A reference taken apart; undefined for what is none. */
export function referenceOf(text: string | undefined): Pick<FoundPackage, 'name' | 'version' | 'extra'> | undefined {
  const match = text === undefined ? null : reference.exec(text)
  if (!match) return undefined
  const [, name = '', version = '', channel, revision] = match
  const extra = { ...(channel && channel !== '_/_' && { channel }), ...(revision && { revision }) }
  return { name, version, ...(Object.keys(extra).length > 0 && { extra }) }
}

function packagesOfGraph(nodes: [string, unknown][]): FoundPackage[] {
  const direct = new Set(nodes.filter(([, node]) => isProject(node)).flatMap(([, node]) => needsOf(node)))
  return nodes.flatMap(([key, node]) => {
    const found = referenceOf(stringAt(node, 'ref') ?? stringAt(node, 'pref'))
    if (!found) return []
    const relationship = isProject(node) ? 'root' : direct.has(key) ? 'direct' : 'indirect'
    return [{ id: key, ...found, relationship, dependsOn: needsOf(node) }]
  })
}

const isProject = (node: unknown): boolean =>
  stringAt(node, 'path') !== undefined || (stringAt(node, 'ref') ?? stringAt(node, 'pref')) === undefined

/** Keys of the nodes that a node needs; the oldest form has them as values behind the references. */
function needsOf(node: unknown): string[] {
  const lists = [itemsAt(node, 'requires'), entriesOf(own(node, 'requires')).map(([, key]) => key)]
  return lists.flat().filter(key => typeof key === 'string')
}

function packagesOfLists(lock: unknown): FoundPackage[] {
  const lists: [string, boolean][] = [
    ['requires', false],
    ['build_requires', true],
    ['python_requires', true],
    ['config_requires', true],
  ]
  return lists.flatMap(([list, development]) =>
    itemsAt(lock, list).flatMap(item => {
      const found = referenceOf(typeof item === 'string' ? item : undefined)
      return found ? [{ ...found, ...(development && { development }) }] : []
    }),
  )
}
