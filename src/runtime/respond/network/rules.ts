import { isIP } from 'node:net'
import { JennerError } from '../../../base/errors.ts'

export const insideTable = 'jenner'

/** Docker's resolver in a container's namespace: a local address that forwards to the world, so loopback's exception must not hold for it. */
const dockerResolver = '127.0.0.11'

const neighbours = 'icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept'

/**
 * Drop-all for a container's own network namespace, in nft's language, as one transaction. It comes before connection tracking
 * (-300), so established connections are cut as new ones are. Loopback and `allow` stay.
 */
export function insideRules(allow: string[]): string {
  const { v4, v6 } = byFamily(allow)
  const local = allow.some(network => network.split('/')[0] === dockerResolver)
  const accept = (direction: 'saddr' | 'daddr'): string[] => [
    ...(v4.length > 0 ? [`    ip ${direction} { ${v4.join(', ')} } accept`] : []),
    ...(v6.length > 0 ? [`    ip6 ${direction} { ${v6.join(', ')} } accept`, `    ${neighbours}`] : []),
  ]
  return `${[
    ...replace('inet', insideTable),
    ...chain('input', [
      ...(local ? [] : [`    ip saddr ${dockerResolver} drop`]),
      '    iif "lo" accept',
      ...accept('saddr'),
    ]),
    ...chain('output', [
      ...(local ? [] : [`    ip daddr ${dockerResolver} drop`]),
      '    oif "lo" accept',
      ...accept('daddr'),
    ]),
    ...chain('forward', []),
    '}',
  ].join('\n')}\n`
}

/**
 * Drop-all on the host's side of a container's virtual cables: in the bridge family, where the container's own capabilities
 * do not reach and raw packets do not slip through. A table of its own; Docker's chains are not touched.
 */
export function hostRules(containerId: string, interfaces: string[], allow: string[]): string {
  for (const name of interfaces) if (!/^[\w.@-]{1,15}$/.test(name)) throw new JennerError('response_failed', name)
  const { v4, v6 } = byFamily(allow)
  const set = `{ ${interfaces.map(name => `"${name}"`).join(', ')} }`
  const chainOf = (hook: string, side: 'iifname' | 'oifname', direction: 'daddr' | 'saddr'): string[] => {
    const accepts = [
      ...(v4.length > 0 ? [`    ${side} ${set} ip ${direction} { ${v4.join(', ')} } accept`] : []),
      ...(v6.length > 0 ? [`    ${side} ${set} ip6 ${direction} { ${v6.join(', ')} } accept`] : []),
      ...(v4.length > 0 ? [`    ${side} ${set} ether type arp accept`] : []),
      ...(v6.length > 0 ? [`    ${side} ${set} ${neighbours}`] : []),
    ]
    return [
      `  chain ${hook} {`,
      `    type filter hook ${hook} priority -300; policy accept;`,
      ...accepts,
      `    ${side} ${set} drop`,
      '  }',
    ]
  }
  return `${[
    ...replace('bridge', hostTable(containerId)),
    ...chainOf('prerouting', 'iifname', 'daddr'),
    ...chainOf('postrouting', 'oifname', 'saddr'),
    '}',
  ].join('\n')}\n`
}

/** The host's table for one container. */
export function hostTable(containerId: string): string {
  return `jenner_${containerId.slice(0, 12)}`
}

/** Deletes a table whether it is there or not. */
export function removal(family: 'inet' | 'bridge', table: string): string {
  return `table ${family} ${table} {}\ndelete table ${family} ${table}\n`
}

/** Throws usage for what is neither an address nor a network. */
export function checkNetworks(networks: string[]): void {
  byFamily(networks)
}

function replace(family: 'inet' | 'bridge', table: string): string[] {
  return [...removal(family, table).trimEnd().split('\n'), `table ${family} ${table} {`]
}

function chain(hook: string, rules: string[]): string[] {
  return [`  chain ${hook} {`, `    type filter hook ${hook} priority -300; policy drop;`, ...rules, '  }']
}

function byFamily(networks: string[]): { v4: string[]; v6: string[] } {
  const families = { v4: [] as string[], v6: [] as string[] }
  for (const network of networks) {
    const [address, length, more] = network.split('/')
    const family = isIP(address ?? '')
    const bits = length === undefined ? 0 : Number(length)
    const fits =
      more === undefined && (length === undefined || /^\d{1,3}$/.test(length)) && bits <= (family === 4 ? 32 : 128)
    if (family === 0 || !fits || address!.includes('%'))
      throw new JennerError('usage', `--allow ${network} (10.0.0.5, 10.0.0.0/24)`)
    families[family === 4 ? 'v4' : 'v6'].push(network)
  }
  return families
}
