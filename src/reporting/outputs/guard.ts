import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { JennerError } from '../../base/errors.ts'
import type { Guard } from './model.ts'

/**
 * Where an output must never reach, whoever configured it: link-local addresses (the metadata services of clouds), unspecified, multicast and reserved ones
 * (RFC 6890). Loopback and private networks are where a small company's mail server stands: they are allowed.
 */
const never = new BlockList()
never.addSubnet('169.254.0.0', 16)
never.addSubnet('0.0.0.0', 8)
never.addSubnet('224.0.0.0', 4)
never.addSubnet('240.0.0.0', 4)
never.addAddress('100.100.100.200')
never.addAddress('fd00:ec2::254', 'ipv6')
never.addSubnet('fe80::', 10, 'ipv6')
never.addSubnet('ff00::', 8, 'ipv6')
never.addAddress('::', 'ipv6')

/** The same answer is used for the connection, so that a name cannot mean one address when it is checked and another when it is used. */
export function createGuard(resolve: (host: string) => Promise<string[]> = addressesOf): Guard {
  return {
    async resolve(host) {
      const plain = host.replace(/^\[|\]$/g, '')
      const addresses = isIP(plain) === 0 ? await resolve(plain) : [plain]
      const bad = addresses.find(isForbidden)
      if (bad !== undefined) throw new JennerError('delivery_refused', `${host} is ${bad}`)
      if (addresses.length === 0) throw new JennerError('delivery_failed', `${host} has no address`)
      return addresses
    },
  }
}

export function isForbidden(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  const plain = mapped ?? address
  return never.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

async function addressesOf(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch (error) {
    throw new JennerError('delivery_failed', `${host} (${(error as NodeJS.ErrnoException).code})`, error)
  }
}
