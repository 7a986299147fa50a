import { resolve4, resolve6 } from 'node:dns/promises'
import { isIP } from 'node:net'

/** Domain names that rules speak of, with the addresses they have right now. */
export interface Names {
  /** Names that have this address; undefined when none is known to. */
  namesOf(address: string): readonly string[] | undefined
  /** Asks for all names again that are due; never waits. Call it every second or so. */
  refresh(now: number): void
}

const every = 300_000
const asideAtOnce = 4
const maxNames = 5000
const maxAddresses = 64

/**
 * Looks up `domains` in the background, each every five minutes, four at a time; until an answer is there nothing is known. Names that cannot be looked up
 * stay unknown. `resolve` gives a name's addresses.
 */
export function createNames(domains: Iterable<string>, resolve: (domain: string) => Promise<string[]> = lookUp): Names {
  const due = new Map(
    [...new Set(domains)]
      .filter(isDomain)
      .slice(0, maxNames)
      .map(domain => [domain, 0]),
  )
  const addresses = new Map<string, readonly string[]>()
  const byAddress = new Map<string, string[]>()
  let running = 0
  const index = (): void => {
    byAddress.clear()
    for (const [domain, list] of addresses)
      for (const address of list) {
        const known = byAddress.get(address)
        if (known) known.push(domain)
        else byAddress.set(address, [domain])
      }
  }
  const ask = async (domain: string): Promise<void> => {
    running++
    try {
      const found = await resolve(domain)
      addresses.set(domain, found.slice(0, maxAddresses))
      index()
    } catch {
    } finally {
      running--
    }
  }
  return {
    namesOf: address => byAddress.get(address),
    refresh(now) {
      for (const [domain, at] of due) {
        if (running >= asideAtOnce) return
        if (at > now) continue
        due.set(domain, now + every)
        void ask(domain)
      }
    },
  }
}

/** Nothing to look up. */
export const noNames: Names = { namesOf: () => undefined, refresh: () => {} }

function isDomain(text: string): boolean {
  return text.length <= 253 && isIP(text) === 0 && /^[a-zA-Z0-9_-]{1,63}(\.[a-zA-Z0-9_-]{1,63})+\.?$/.test(text)
}

async function lookUp(domain: string): Promise<string[]> {
  const answers = await Promise.allSettled([resolve4(domain), resolve6(domain)])
  return answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
}
