import type { AdvisoryRecord, EpssScore } from '../../../base/model/advisory.ts'
import { canonicalEcosystem } from '../../inventory/distros/names.ts'
import { createAssembler } from './assembler.ts'
import { hashKey } from './bytes.ts'
import { keys } from './format.ts'
import type { DatabaseAssembler, DatabaseWriter, FinishInfo, Heading } from './types.ts'

export type { DatabaseWriter, FinishInfo } from './types.ts'

/** Starts a database file at `path` (see `format.ts`). Temporary files stand beside it until `finish` or `abort`. */
export function createDatabaseWriter(path: string): DatabaseWriter {
  const assembler = createAssembler(path)
  const tally = newTally()
  return {
    add(item) {
      if (item.kind === 'record') addRecord(assembler, tally, item)
      else if (item.kind === 'details') assembler.details(item.details)
      else if (item.kind === 'kev') addJson(assembler, tally, keys.kev(item.cve), item.entry, 'kev')
      else if (item.kind === 'eol')
        addJson(assembler, tally, keys.endOfLife(item.entry.product, item.entry.cycle), item.entry, 'endoflife')
      else if (item.kind === 'epss') addScore(assembler, tally, item.cve, item.entry)
    },
    finish: (info, breathe) => assembler.finish(headingOf(tally, info ?? {}), breathe),
    abort: () => assembler.abort(),
  }
}

interface Tally {
  sources: Map<string, number>
  ecosystems: Map<string, number>
  dates: string[]
  scored: Set<string>
}

const newTally = (): Tally => ({ sources: new Map(), ecosystems: new Map(), dates: [], scored: new Set() })

function addRecord(
  assembler: DatabaseAssembler,
  tally: Tally,
  { ecosystem, name, record }: { ecosystem: string; name: string; record: AdvisoryRecord },
): void {
  const canonical = canonicalEcosystem(ecosystem)
  assembler.record(hashKey(keys.records(canonical, name)), record)
  const colon = canonical === 'Maven' ? name.indexOf(':') : -1
  // The same group of many records is kept once: it is one payload.
  if (colon > 0)
    assembler.json(
      hashKey(keys.groups(name.slice(colon + 1))),
      Buffer.from(JSON.stringify({ group: name.slice(0, colon) })),
    )
  count(tally.sources, record.source)
  count(tally.ecosystems, canonical)
}

function addJson(assembler: DatabaseAssembler, tally: Tally, key: string, entry: unknown, source: string): void {
  count(tally.sources, source)
  assembler.json(hashKey(key), Buffer.from(JSON.stringify(entry)))
}

function addScore(assembler: DatabaseAssembler, { dates, scored }: Tally, cve: string, entry: EpssScore): void {
  const match = /^CVE-(\d{4})-(\d{4,9})$/.exec(cve)
  if (!match) return
  let date = dates.indexOf(entry.date)
  if (date < 0) date = dates.length < 256 ? dates.push(entry.date) - 1 : 255
  scored.add(cve)
  const { score, percentile } = entry
  assembler.score({ year: Number(match[1]), number: Number(match[2]), score, percentile, date })
}

function headingOf({ sources, ecosystems, dates, scored }: Tally, info: FinishInfo): Heading {
  if (scored.size > 0) sources.set('epss', scored.size)
  const builtAt = info.builtAt ?? new Date().toISOString()
  const listed = [...sources]
    .sort()
    .map(([id, records]) => ({ id, records, updatedAt: info.updatedAt?.[id] ?? builtAt }))
  return {
    info: { builtAt, sources: listed, starter: info.starter ?? false },
    ecosystems: Object.fromEntries([...ecosystems].sort()),
    epssDates: dates,
  }
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}
