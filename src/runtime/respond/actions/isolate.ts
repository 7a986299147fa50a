import { JennerError } from '../../../base/errors.ts'
import type { ContainerInfo } from '../../../base/model/runtime.ts'
import type { Action, ActionOptions, Outcome, Tools, UndoNote, Warning } from '../model.ts'
import { type Cables, findCables } from '../network/cables.ts'
import { type NetworkNamespace, namespaceInode, openNamespace, runIn, runNft } from '../network/namespace.ts'
import { reachesUs } from '../network/probe.ts'
import { hostRules, hostTable, insideRules, insideTable, removal } from '../network/rules.ts'

/**
 * Cuts the network twice: inside the container's namespace at once, and on the host's side of its cables, because a container with
 * NET_ADMIN could take the inner table away and one with NET_RAW can send past it.
 */
export const isolate: Action = {
  id: 'isolate',
  title: { en: 'cut off the network', ko: '네트워크 격리' },
  dryRun: plan,
  run: cut,
  undo: restore,
  holds,
}

/** NET_RAW is in Docker's default set; NET_ADMIN is not. */
export function needsHostSide({
  privileged,
  capAdd,
  capDrop = [],
}: Pick<ContainerInfo, 'privileged' | 'capAdd' | 'capDrop'>): boolean {
  const has = (name: string): boolean => capAdd.includes(name) || capAdd.includes('ALL')
  const dropped = capDrop.includes('NET_RAW') || capDrop.includes('ALL')
  return privileged || has('NET_ADMIN') || has('NET_RAW') || !dropped
}

/** The inner table can be removed by the container itself. */
function controlsNetwork({ privileged, capAdd }: ContainerInfo): boolean {
  return privileged || capAdd.includes('NET_ADMIN') || capAdd.includes('ALL')
}

async function plan(target: ContainerInfo, { allow }: ActionOptions, tools: Tools): Promise<string[]> {
  const inside = insideRules(allow)
  const namespace = openNamespace(target)
  try {
    await sharers(target, namespace, tools)
    const { names, others } = await findCables(namespace)
    refuseUncuttable(target, others)
    const lines = [`nsenter --net=/proc/${target.pid}/ns/net nft -f - <<<'`, ...inside.trimEnd().split('\n'), "'"]
    if (names.length > 0) lines.push("nft -f - <<<'", ...hostRules(target.id, names, allow).trimEnd().split('\n'), "'")
    return lines
  } finally {
    namespace.close()
  }
}

async function cut(
  target: ContainerInfo,
  { allow, decidedAt: began = performance.now() }: ActionOptions,
  tools: Tools,
): Promise<Outcome> {
  const inside = insideRules(allow)
  const namespace = openNamespace(target)
  const shares = await sharers(target, namespace, tools).catch(error => {
    namespace.close()
    throw error
  })
  try {
    // The inner cut needs no look at the cables: it comes first, and alone.
    await runNft(namespace, inside)
    const innerCut = performance.now() - began
    const cables = await findCables(namespace)
    const { names, others } = cables
    refuseUncuttable(target, others)
    if (names.length > 0) await runNft(undefined, hostRules(target.id, names, allow))
    const milliseconds = controlsNetwork(target) ? performance.now() - began : innerCut
    const unproved = await verify(namespace, target, cables, allow)
    const warnings: Warning[] = others.length > 0 && needsHostSide(target) ? [...unproved, 'inside_only'] : unproved
    const note = { namespace: namespace.inode, pid: target.pid, interfaces: names }
    if (shares.length > 0) warnings.push('shared_network')
    return { lines: linesOf(names), undo: note, warnings, milliseconds, ...(shares.length > 0 ? { shares } : {}) }
  } catch (error) {
    await remove(target.id, namespace).catch(() => undefined)
    throw error
  } finally {
    namespace.close()
  }
}

/** Names of the other containers in the same namespace. Refuses where one of them is protected. */
async function sharers(target: ContainerInfo, namespace: NetworkNamespace, tools: Tools): Promise<string[]> {
  const all = await tools.sharing(target)
  const others = all.filter(({ pid }) => namespaceInode(pid) === namespace.inode)
  for (const other of others) {
    const why = tools.protection(other)
    if (why !== undefined) throw new JennerError('container_protected', `${other.name} shares its network (${why})`)
  }
  return others.map(({ name }) => name)
}

async function remove(id: string, namespace?: NetworkNamespace): Promise<void> {
  await runNft(undefined, removal('bridge', hostTable(id)))
  if (namespace !== undefined) await runNft(namespace, removal('inet', insideTable))
}

function linesOf(names: string[]): string[] {
  return [
    `table inet ${insideTable} in the container's network namespace: drop all`,
    ...(names.length > 0 ? [`host-side drop on ${names.join(', ')}`] : []),
  ]
}

/** A container that controls its network is cut on the host's side or not at all. */
function refuseUncuttable(target: ContainerInfo, others: string[]): void {
  if (!controlsNetwork(target) || others.length === 0) return
  const detail = `${target.name} has NET_ADMIN, and ${others.join(', ')} cannot be cut from the host; pause or stop it`
  throw new JennerError('response_failed', detail)
}

/** Reads back that the tables stand, then tries to get through. Throws when something gets through. */
async function verify(
  namespace: NetworkNamespace,
  target: ContainerInfo,
  { names }: Cables,
  allow: string[],
): Promise<Warning[]> {
  if (!(await stands(namespace, 'inet', insideTable)))
    throw new JennerError('response_failed', 'nft: the table did not stay')
  if (names.length > 0 && !(await stands(undefined, 'bridge', hostTable(target.id))))
    throw new JennerError('response_failed', 'nft: the host-side table did not stay')
  if (allow.length > 0) return []
  const reached = await reachesUs(namespace, target)
  if (reached === true) throw new JennerError('response_failed', `${target.name} still reaches the host`)
  return reached === undefined && (target.networks ?? []).some(({ ip }) => ip !== '') ? ['not_verified'] : []
}

async function stands(namespace: NetworkNamespace | undefined, family: string, table: string): Promise<boolean> {
  return (await runIn(namespace, ['nft', 'list', 'table', family, table])).status === 0
}

/** The table inside went with its namespace when the container ended or started anew; the one on the host must go either way. */
async function restore(
  id: string,
  note: UndoNote,
  { inspect }: { inspect(id: string): Promise<ContainerInfo | undefined> },
): Promise<string[]> {
  await remove(id)
  const lines = [`removed table bridge ${hostTable(id)}`]
  const target = await inspect(id)
  if (target === undefined || target.pid <= 0) return lines
  if (namespaceInode(target.pid) !== note.namespace) return lines
  const namespace = openNamespace(target)
  try {
    await remove(id, namespace)
    lines.push(`removed table inet ${insideTable} from the container's network namespace`)
    const reached = await reachesUs(namespace, target)
    lines.push(
      reached === true ? 'verified: the container reaches the host again' : 'connection to the host not verified',
    )
    return lines
  } finally {
    namespace.close()
  }
}

async function holds(target: ContainerInfo, note: UndoNote): Promise<boolean> {
  if (target.pid <= 0) return true
  if (namespaceInode(target.pid) !== note.namespace) return false
  const namespace = openNamespace(target)
  try {
    const inside = await stands(namespace, 'inet', insideTable)
    const names = Array.isArray(note.interfaces) ? note.interfaces : []
    return inside && (names.length === 0 || (await stands(undefined, 'bridge', hostTable(target.id))))
  } finally {
    namespace.close()
  }
}
