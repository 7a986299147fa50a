import type { Judgement } from './judgement.ts'

/** All that was said about one flaw of one package. */
export interface Flaw {
  /** Every id of the flaw; the CVE first where there is one. */
  ids: string[]
  /** Ids of vendors' errata that mention it (RHSA, DSA …): one may cover many flaws, so they do not join flaws. */
  vendorIds: string[]
  judgements: Judgement[]
}

const errata = new RegExp(
  `^(?:${[
    'RH[SBE]A|CE[SBE]A|AL[SBE]A|RL[SBE]A|RXSA|EL[SBE]A|OVM[SB]A|OLAMSA|OLOSSA|DSA|DLA|DTSA|USN|LSN|SSN',
    '(?:open)?SUSE|SUSE-[A-Z]+|ALAS[0-9A-Z]*|ASA|AVG|GLSA|FEDORA|MGASA|OESA|openEuler-(?:SA|HotPatchSA)|PHSA|BRSA',
  ].join('|')})-[0-9A-Za-z]`,
)

/** An id of a vendor's release note rather than of a flaw. */
export function isErratum(id: string): boolean {
  return !id.startsWith('CVE-') && !id.startsWith('GHSA-') && errata.test(id)
}

/** A release note of repairs or new features, not of security: it speaks of a flaw only where it names one. */
const otherErrata = /^(?:RH|CE|AL|RL|EL|OVM)[BE]A-/

const isCve = (id: string) => id.startsWith('CVE-')

/**
 * Sorts judgements by flaw. An erratum that names several CVEs counts for each of them; ids that one record calls aliases are one flaw,
 * over several records too (PYSEC ↔ CVE ↔ GHSA).
 */
export function groupByFlaw(judgements: Judgement[]): Flaw[] {
  const parents = new Map<string, string>()
  const find = (id: string): string => {
    let root = id
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next
    parents.set(id, root)
    return root
  }
  const claims = judgements.flatMap(judgement => identities(judgement).map(ids => ({ judgement, ids })))
  for (const { ids } of claims) for (const id of ids) parents.set(find(id), find(ids[0] as string))
  const flaws = new Map<string, Flaw>()
  for (const { judgement, ids } of claims) {
    const root = find(ids[0] as string)
    const flaw = flaws.get(root) ?? { ids: [], vendorIds: [], judgements: [] }
    flaw.judgements.push(judgement)
    flaw.ids.push(...ids)
    flaw.vendorIds.push(...[judgement.record.id, ...judgement.record.aliases].filter(isErratum))
    flaws.set(root, flaw)
  }
  return [...flaws.values()].map(tidied)
}

/** The flaws a record speaks of, each as its ids. */
function identities({ record }: Judgement): string[][] {
  const all = [record.id, ...record.aliases]
  const flawIds = all.filter(id => !isErratum(id))
  if (!isErratum(record.id)) return [flawIds]
  const cves = flawIds.filter(isCve)
  if (cves.length > 1) return cves.map(id => [id])
  if (flawIds.length === 0 && otherErrata.test(record.id)) return []
  return [flawIds.length > 0 ? flawIds : [record.id]]
}

function tidied(flaw: Flaw): Flaw {
  const ids = [...new Set(flaw.ids)].sort((a, b) => order(a) - order(b) || compareIds(a, b))
  const vendorIds = [...new Set(flaw.vendorIds)].filter(id => id !== ids[0]).sort()
  return { ids, vendorIds, judgements: flaw.judgements }
}

function order(id: string): number {
  if (isCve(id)) return 0
  if (id.startsWith('GHSA-')) return 1
  return isErratum(id) ? 3 : 2
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
