import { JennerError } from '../../../base/errors.ts'
import { isObject, itemsAt, own, stringAt } from '../../../base/json.ts'
import { type NetworkNamespace, runIn } from './namespace.ts'

/** What `ip -json -details link` says of an interface, as far as it matters. */
export interface Link {
  index: number
  /** The other end's index, of a veth. */
  peer: number
  name: string
  kind: string
  /** Name of the bridge it is part of. */
  master: string
}

export interface Cables {
  /** Host ends that may be cut. */
  names: string[]
  /** Interfaces of the container that have no such end: macvlan, ipvlan, a device given to it … */
  others: string[]
}

/**
 * The host's ends of a container's virtual cables, over netlink (never /sys: it shows the host's devices whatever the
 * namespace). A host interface qualifies only when it is a veth, its peer is this container's, it is part of a bridge, and it carries no default route.
 */
export async function findCables(namespace: NetworkNamespace): Promise<Cables> {
  const [inside, outside, routes, routes6] = await Promise.all([
    json(namespace, ['ip', '-json', '-details', 'link', 'show']),
    json(undefined, ['ip', '-json', '-details', 'link', 'show']),
    json(undefined, ['ip', '-json', 'route', 'show', 'default']),
    json(undefined, ['ip', '-json', '-6', 'route', 'show', 'default']),
  ])
  return matchCables(inside.map(linkOf), outside.map(linkOf), [...routes, ...routes6].flatMap(devicesOf))
}

/** The pure part of `findCables`. `defaults`: interfaces that carry a default route. */
export function matchCables(inside: Link[], outside: Link[], defaults: string[]): Cables {
  const cables: Cables = { names: [], others: [] }
  const bridges = new Set(outside.filter(({ kind }) => kind === 'bridge').map(({ name }) => name))
  for (const link of inside) {
    if (link.name === 'lo' || isTunnelStub(link)) continue
    const end = link.kind === 'veth' ? outside.find(other => other.index === link.peer) : undefined
    const sound =
      end !== undefined &&
      end.kind === 'veth' &&
      end.peer === link.index &&
      bridges.has(end.master) &&
      !defaults.includes(end.name) &&
      !defaults.includes(end.master)
    if (sound) cables.names.push(end.name)
    else cables.others.push(link.name)
  }
  return cables
}

/** Interfaces that the kernel puts into every namespace, without traffic of their own (tunl0, sit0, gre0 …). */
function isTunnelStub({ kind, name }: Link): boolean {
  return (
    /^(ipip|sit|gre|gretap|erspan|vti|vti6|ip6tnl|ip6gre|ip6gretap)$/.test(kind) &&
    /^(tunl|sit|gre|gretap|erspan|ip_vti|ip6_vti|ip6tnl|ip6gre)0$/.test(name)
  )
}

async function json(namespace: NetworkNamespace | undefined, words: string[]): Promise<unknown[]> {
  const { status, stdout, stderr } = await runIn(namespace, words)
  if (status !== 0) throw new JennerError('response_failed', `ip: ${stderr.trim().split('\n')[0]}`)
  const value: unknown = stdout.trim() === '' ? [] : JSON.parse(stdout)
  return Array.isArray(value) ? value : []
}

function linkOf(value: unknown): Link {
  const info = own(value, 'linkinfo')
  return {
    index: Number(own(value, 'ifindex')) || 0,
    peer: Number(own(value, 'link_index')) || 0,
    name: stringAt(value, 'ifname') ?? '',
    kind: stringAt(info, 'info_kind') ?? '',
    master: stringAt(value, 'master') ?? '',
  }
}

function devicesOf(route: unknown): string[] {
  const device = stringAt(route, 'dev')
  const more = itemsAt(route, 'nexthops')
    .filter(isObject)
    .map(hop => stringAt(hop, 'dev') ?? '')
  return [...(device === undefined ? [] : [device]), ...more]
}
