import type { AdvisoryRecord, FeedItem, VersionInterval } from '../../../../base/model/advisory.ts'
import { genericProducts } from '../../../inventory/ecosystems/generic/products.ts'
import { type Fields, fields, list, str } from '../fields.ts'

/** Our name of a program without a package by NVD's `vendor:product`. Of other products no record is kept: NVD's names are no package names. */
const products = new Map(genericProducts.flatMap(({ cpe, product }) => cpe.map(name => [name, product] as const)))

/**
 * NVD's configurations (https://nvd.nist.gov/developers/vulnerabilities, `cpeMatch`) as records about programs that no package manager installed. Left out: what
 * is said of hardware and systems, of a version for one platform (`target_sw`), and of a product beside a system other than Linux.
 */
export function* productItems(entry: Fields, id: string): Generator<FeedItem> {
  const records = new Map<string, AdvisoryRecord>()
  for (const configuration of list(entry.configurations).map(fields)) {
    const nodes = list(configuration.nodes).map(fields)
    const matches = nodes.flatMap(node => list(node.cpeMatch).map(fields))
    if (str(configuration.operator) === 'AND' && !matches.every(runsOnLinux)) continue
    for (const match of matches) if (match.vulnerable === true) add(records, match, id)
  }
  for (const [name, record] of records) yield { kind: 'record', ecosystem: 'NVD', name, record }
}

function add(records: Map<string, AdvisoryRecord>, match: Fields, id: string): void {
  const cpe = partsOf(str(match.criteria))
  const product = cpe.part === 'a' ? products.get(`${cpe.vendor}:${cpe.product}`) : undefined
  if (product === undefined || (cpe.target !== '*' && cpe.target !== '-' && cpe.target !== 'linux')) return
  const record: AdvisoryRecord = records.get(product) ?? {
    id,
    source: 'nvd',
    aliases: [],
    status: 'affected',
    intervals: [],
  }
  const bounds = boundsOf(match)
  const exact = cpe.update === '*' || cpe.update === '-' ? cpe.version : `${cpe.version}${cpe.update}`
  if (bounds !== undefined) {
    if (typeof bounds === 'string') record.vulnerable = [...(record.vulnerable ?? []), bounds]
    else record.intervals.push(bounds)
    if (match.versionEndExcluding !== undefined) record.status = 'fixed'
  } else if (cpe.version === '*') record.intervals.push({})
  else if (cpe.version !== '-') record.versions = [...(record.versions ?? []), exact]
  else return
  records.set(product, record)
}

/** An interval, or a constraint where the start is not part of it. */
function boundsOf(match: Fields): VersionInterval | string | undefined {
  const [from, after] = [str(match.versionStartIncluding), str(match.versionStartExcluding)]
  const [fixed, last] = [str(match.versionEndExcluding), str(match.versionEndIncluding)]
  if (from === '' && after === '' && fixed === '' && last === '') return undefined
  if (after !== '')
    return [`> ${after}`, fixed && `< ${fixed}`, last && `<= ${last}`].filter(part => part !== '').join(', ')
  return { ...(from && { introduced: from }), ...(fixed && { fixed }), ...(last && { lastAffected: last }) }
}

const runsOnLinux = (match: Fields): boolean => {
  const { part, vendor, product } = partsOf(str(match.criteria))
  return part !== 'h' && (part !== 'o' || /linux/.test(`${vendor} ${product}`))
}

/** `cpe:2.3:part:vendor:product:version:update:edition:language:sw_edition:target_sw:target_hw:other`, `\` before what is meant literally. */
function partsOf(cpe: string) {
  const parts = cpe.slice(0, 1000).match(/(?:\\.|[^:\\])+/g) ?? []
  const plain = (at: number) => (parts[at] ?? '').replaceAll(/\\(.)/g, '$1')
  return { part: plain(2), vendor: plain(3), product: plain(4), version: plain(5), update: plain(6), target: plain(10) }
}
