import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { addressAllowed } from '../../base/address.ts'
import { JennerError } from '../../base/errors.ts'
import type { Guard } from './model.ts'

/**
 * Where an output must never reach, whoever configured it: see `addressAllowed`. Loopback and private networks are where a small company's mail server stands: they are
 * allowed. The same answer is used for the connection, so that a name cannot mean one address when it is checked and another when it is used.
 */
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

function isForbidden(address: string): boolean {
  return !addressAllowed(address, { allowLoopback: true })
}

async function addressesOf(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch (error) {
    throw new JennerError('delivery_failed', `${host} (${(error as NodeJS.ErrnoException).code})`, error)
  }
}
