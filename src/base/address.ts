import { BlockList, isIP } from 'node:net'

/**
 * Addresses that a server must not be made to speak to: what machines tell of themselves to whoever asks from within (link-local, the metadata services of clouds),
 * unspecified, multicast and reserved ones (RFC 6890).
 */
const never = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Metadata of Alibaba and Oracle, within shared address space.
  ['100.100.100.200', 32],
  ['192.0.0.192', 32],
] as const)
  never.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['fe80::', 10],
  ['ff00::', 8],
  ['::', 128],
  ['fd00:ec2::254', 128],
] as const)
  never.addSubnet(net, bits, 'ipv6')
const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

export interface AddressRules {
  /** Loopback is this machine: allowed where the keeper says so. */
  allowLoopback?: boolean
}

/** Whether an address may be spoken to. IPv4 within IPv6 is looked at as what it is; what is no address is not allowed. */
export function addressAllowed(address: string, { allowLoopback = false }: AddressRules = {}): boolean {
  const inner = innerIPv4(address)
  if (inner !== undefined) return addressAllowed(inner, { allowLoopback })
  const plain = address.replace(/%.*$/s, '')
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(plain) === 0 || never.check(plain, family)) return false
  return allowLoopback || !loopback.check(plain, family)
}

/** Whoever has an IPv6 address has a network of 2⁶⁴ of them: what is counted by address is counted by that network. */
export function networkOf(address: string): string {
  const groups = groupsOf(address)
  const inner = innerIPv4(address)
  if (inner !== undefined || groups === undefined) return inner ?? address
  return `${groups
    .slice(0, 4)
    .map(group => group.toString(16))
    .join(':')}::/64`
}

/**
 * The IPv4 address that packets to an IPv6 address end at: mapped and compatible (RFC 4291), translated (RFC 6052, 8215, and the older `::ffff:0:…`), 6to4 (RFC 3056) and
 * Teredo (RFC 4380).
 */
function innerIPv4(address: string): string | undefined {
  const groups = groupsOf(address)
  if (groups === undefined) return undefined
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, high = 0, low = 0] = groups
  if (a === 0x2002) return dotted(b, c)
  if (a === 0x2001 && b === 0) return dotted(high ^ 0xffff, low ^ 0xffff)
  if (a === 0x64 && b === 0xff9b) return dotted(high, low)
  const zeros = a === 0 && b === 0 && c === 0 && d === 0
  if (!zeros) return undefined
  const isMapped = (e === 0 && f === 0xffff) || (e === 0xffff && f === 0)
  // `::` and `::1` are addresses of their own.
  const isCompatible = e === 0 && f === 0 && (high !== 0 || low > 1)
  return isMapped || isCompatible ? dotted(high, low) : undefined
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** The eight groups of an IPv6 address, however it is written; undefined for what is none. */
function groupsOf(address: string): number[] | undefined {
  const plain = address.replace(/%.*$/s, '')
  if (isIP(plain) !== 6) return undefined
  const hex = plain.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number)
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
  })
  const [head = '', tail] = hex.split('::')
  const groups = (text = ''): number[] =>
    text
      .split(':')
      .filter(Boolean)
      .map(group => Number.parseInt(group, 16))
  const [before, after] = [groups(head), groups(tail)]
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}
