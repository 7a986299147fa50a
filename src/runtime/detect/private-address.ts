import { BlockList, isIPv6 } from 'node:net'

/** RFC 1918, 6598, 3927 and 4193: where a container's neighbours are. Loopback is not: nobody is reached by it. */
const networks = new BlockList()
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
] as const)
  networks.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  networks.addSubnet(net, bits, 'ipv6')

export function privateAddress(address: string): boolean {
  return networks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
