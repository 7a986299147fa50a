import type {
  Advisories,
  AdvisoryDetails,
  AdvisoryRecord,
  EndOfLife,
  EpssScore,
  FeedItem,
  KevEntry,
} from '../../../base/model/advisory.ts'
import { canonicalEcosystem } from '../../inventory/distros/names.ts'
import { mergeDetails } from './details.ts'
import { keys } from './format.ts'

/** The same answers as a database file, from items in memory: for tests, small data and library users. */
export function memoryAdvisories(items: Iterable<FeedItem>, builtAt = '1970-01-01T00:00:00Z'): Advisories {
  const records = new Map<string, AdvisoryRecord[]>()
  const details = new Map<string, AdvisoryDetails[]>()
  const kev = new Map<string, KevEntry>()
  const epss = new Map<string, EpssScore>()
  const ends = new Map<string, EndOfLife>()
  const groups = new Map<string, Set<string>>()
  const ecosystems = new Set<string>()
  const sources = new Map<string, number>()
  const push = <T>(map: Map<string, T[]>, key: string, value: T) => void map.set(key, [...(map.get(key) ?? []), value])
  for (const item of items) {
    if (item.kind === 'record') {
      const ecosystem = canonicalEcosystem(item.ecosystem)
      ecosystems.add(ecosystem)
      sources.set(item.record.source, (sources.get(item.record.source) ?? 0) + 1)
      const [group = '', artifact] = item.name.split(':')
      if (ecosystem === 'Maven' && artifact !== undefined)
        groups.set(artifact, (groups.get(artifact) ?? new Set()).add(group))
      push(records, keys.records(ecosystem, item.name), item.record)
    } else if (item.kind === 'details') {
      for (const id of new Set([item.details.id, ...item.details.aliases])) push(details, id, item.details)
    } else if (item.kind === 'kev') kev.set(item.cve, item.entry)
    else if (item.kind === 'epss') epss.set(item.cve, item.entry)
    else if (item.kind === 'eol') ends.set(keys.endOfLife(item.entry.product, item.entry.cycle), item.entry)
  }
  const listed = [...sources].map(([id, count]) => ({ id, updatedAt: builtAt, records: count }))
  return {
    info: { builtAt, sources: listed, starter: false },
    find: (ecosystem, name) => records.get(keys.records(canonicalEcosystem(ecosystem), name)) ?? [],
    groups: artifact => [...(groups.get(artifact) ?? [])],
    covers: ecosystem => ecosystems.has(canonicalEcosystem(ecosystem)),
    details: id => mergeDetails(id, details.get(id) ?? []),
    kev: cve => kev.get(cve),
    epss: cve => epss.get(cve),
    endOfLife: (product, cycle) => ends.get(keys.endOfLife(product, cycle)),
    close: () => undefined,
  }
}
