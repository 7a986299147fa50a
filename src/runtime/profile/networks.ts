import { isIPv6 } from 'node:net'

/** An address, its network of neighbours (/24 of IPv4, /64 of IPv6), and any address: what peers collapse to when there are too many. */
export function addressLadder(address: string): string[] {
  const mapped = address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
  return [mapped, networkOf(mapped), '*']
}

function networkOf(address: string): string {
  if (!isIPv6(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}
