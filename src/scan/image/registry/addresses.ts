import { BlockList, isIP } from 'node:net'

/** How far an address is away: `link` are the link-local ones and those where clouds answer about the machine itself. */
export type Reach = 'link' | 'local' | 'public'

const link = listOf(
  // RFC 3927, RFC 4291: link-local; among them 169.254.169.254 and 169.254.170.2, the metadata services of most clouds.
  ['169.254.0.0', 16],
  ['fe80::', 10],
  // Metadata services of AWS by IPv6, of Alibaba Cloud, of Azure's host, of Oracle's first generation.
  ['fd00:ec2::', 32],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['192.0.0.192', 32],
  // "This network", multicast and beyond: nobody's registry.
  ['0.0.0.0', 8],
  ['224.0.0.0', 3],
  ['ff00::', 8],
  ['::', 128],
)
const local = listOf(
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['::1', 128],
  ['fc00::', 7],
)

export function reachOf(address: string): Reach {
  const plain = unmapped(address)
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(plain) === 0 || link.check(plain, family)) return 'link'
  return local.check(plain, family) ? 'local' : 'public'
}

/** Whether a host is this machine by its name or address. */
export function isLoopback(hostname: string): boolean {
  const bare = unmapped(hostname.replace(/^\[|\]$/g, ''))
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'))
}

/** IPv4 addresses in IPv6 form (`::ffff:127.0.0.1`, `::ffff:7f00:1`, and NAT64's `64:ff9b::`) are what they stand for. */
function unmapped(address: string): string {
  const bare = address.replace(/%.*$/s, '').toLowerCase()
  const dotted = /^(?:::ffff:|::|64:ff9b::)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(bare)?.[1]
  if (dotted !== undefined) return dotted
  const hex = /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(bare)
  if (hex === null) return bare
  const [high, low] = [Number.parseInt(hex[1]!, 16), Number.parseInt(hex[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

function listOf(...subnets: [address: string, prefix: number][]): BlockList {
  const list = new BlockList()
  for (const [address, prefix] of subnets) list.addSubnet(address, prefix, address.includes(':') ? 'ipv6' : 'ipv4')
  return list
}
