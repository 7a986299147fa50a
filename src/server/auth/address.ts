import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { JennerError } from '../../base/errors.ts'

/** Addresses that a server must not be made to speak to: what machines tell of themselves to whoever asks from within. */
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
  /** For tests. */
  resolve?: (name: string) => Promise<{ address: string; family: number }[]>
}

/** Whether an address may be spoken to. IPv4 within IPv6 (`::ffff:…`, 6to4, NAT64) is looked at as what it is. */
export function addressAllowed(address: string, { allowLoopback = false }: AddressRules = {}): boolean {
  const inner = innerIPv4(address)
  if (inner) return addressAllowed(inner, { allowLoopback })
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) === 0 || never.check(address, family)) return false
  return allowLoopback || !loopback.check(address, family)
}

/** Whoever has an IPv6 address has a network of 2⁶⁴ of them: what is counted by address is counted by that network. */
export function networkOf(address: string): string {
  const inner = innerIPv4(address)
  if (inner || isIP(address) !== 6) return inner ?? address
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const groups = (text = '') => text.split(':').filter(Boolean)
  const [before, after] = [groups(head), groups(tail)]
  const all = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
  const network = all.slice(0, 4).map(group => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}

function innerIPv4(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined
  const dotted = /^(?:::ffff:|::|64:ff9b::)(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (dotted) return dotted
  const hex = /^(?:::ffff:|64:ff9b::|2002:)([0-9a-f]{1,4}):([0-9a-f]{1,4})(?:$|:)/i.exec(address)
  if (!hex) return undefined
  const [high, low] = [Number.parseInt(hex[1]!, 16), Number.parseInt(hex[2]!, 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/**
 * The addresses behind an `http(s)` URL, all of them allowed. Connect to one of these and not to the name again: a second look-up may answer otherwise.
 * Throws JennerError bad_argument (not such a URL, credentials in it), forbidden (an address that is not allowed), target_not_found.
 */
export async function checkUrl(text: string, rules: AddressRules = {}): Promise<{ url: URL; addresses: string[] }> {
  let url: URL
  try {
    url = new URL(text)
  } catch (cause) {
    throw new JennerError('bad_argument', 'url', cause)
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new JennerError('bad_argument', 'url: http or https')
  if (url.username || url.password) throw new JennerError('bad_argument', 'url: credentials')
  const name = url.hostname.replace(/^\[|\]$/g, '')
  return { url, addresses: await resolveAllowed(name, rules) }
}

/** As `checkUrl`, of a host's name or address. */
export async function resolveAllowed(name: string, rules: AddressRules = {}): Promise<string[]> {
  const resolve = rules.resolve ?? ((host: string) => lookup(host, { all: true, verbatim: true }))
  const addresses = isIP(name)
    ? [name]
    : (
        await resolve(name).catch(cause => {
          throw new JennerError('target_not_found', name, cause)
        })
      ).map(one => one.address)
  if (addresses.length === 0) throw new JennerError('target_not_found', name)
  if (!addresses.every(address => addressAllowed(address, rules)))
    throw new JennerError('forbidden', `address of ${name}`)
  return addresses
}
