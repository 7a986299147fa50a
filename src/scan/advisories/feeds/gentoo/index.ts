import type { AdvisoryDetails, AdvisoryRecord, FeedItem, VersionInterval } from '../../../../base/model/advisory.ts'
import { childrenOf, descendants, textOf, type XmlNode, xmlElements } from '../../input/xml.ts'
import type { Feed } from '../feed.ts'
import { clip, cvesIn, isoDate, severityOf, unique } from '../fields.ts'

/**
 * Gentoo's GLSA, an XML file each (`glsa.dtd`): per package `vulnerable` and `unaffected` ranges of Portage versions, for one slot where `slot` says so.
 * `lt le eq ge gt` compare versions; `rlt rle rge rgt` the revisions of one version alone; an `eq` may end in `*`.
 */
export const gentoo: Feed = {
  id: 'gentoo',
  title: { en: 'Gentoo GLSA', ko: '젠투 GLSA' },
  licence: 'CC-BY-SA-4.0',
  homepage: 'https://security.gentoo.org/glsa',
  downloads: [],
  detect: file => /<glsa\s[^>]{0,200}\bid=/.test(file.head),
  async *parse(file) {
    for await (const glsa of xmlElements(file.chunks(), ['glsa'])) yield* itemsOf(glsa, file.path)
  },
}

function* itemsOf(glsa: XmlNode, path: string): Generator<FeedItem> {
  const number = glsa.attributes.get('id') ?? ''
  if (number === '') {
    yield { kind: 'problem', path, detail: 'an advisory without an id' }
    return
  }
  const id = `GLSA-${number}`
  const uris = [...descendants(glsa, 'uri')]
  const cves = cvesIn(uris.map(uri => `${uri.text} ${uri.attributes.get('link') ?? ''}`).join(' '))
  const severity = severityOf(impactWord(childrenOf(glsa, 'impact')[0]?.attributes.get('type')))
  let records = 0
  for (const affected of childrenOf(glsa, 'affected'))
    for (const pkg of childrenOf(affected, 'package')) {
      const name = pkg.attributes.get('name') ?? ''
      for (const record of recordsOf(pkg, { id, source: 'gentoo', aliases: cves })) {
        records++
        yield { kind: 'record', ecosystem: 'Gentoo', name, record: severity ? { ...record, severity } : record }
      }
    }
  if (records === 0) yield { kind: 'problem', path, detail: `${id}: names no package` }
  else yield { kind: 'details', details: detailsOf(glsa, id, cves, uris, severity) }
}

/** GLSA's own words: high, normal, low, minimal. */
const impactWord = (word = '') => (word === 'normal' ? 'medium' : word)

/** One record per slot: what is fixed in slot 3.2 says nothing about slot 2. */
function* recordsOf(pkg: XmlNode, base: Pick<AdvisoryRecord, 'id' | 'source' | 'aliases'>): Generator<AdvisoryRecord> {
  const ranges = childrenOf(pkg, 'vulnerable')
  const arches = (pkg.attributes.get('arch') ?? '*').split(/\s+/).filter(arch => arch !== '*' && arch !== '')
  for (const slot of unique(ranges.map(slotOf))) {
    const vulnerable = ranges.filter(range => slotOf(range) === slot)
    const unaffected = childrenOf(pkg, 'unaffected').filter(
      range => [slot, '*'].includes(slotOf(range)) || slot === '*',
    )
    const intervals = vulnerable.flatMap(intervalOf)
    const texts = vulnerable.filter(range => intervalOf(range).length === 0).flatMap(constraintOf)
    const outside = unaffected.flatMap(constraintOf)
    const fixed = intervals.some(interval => interval.fixed !== undefined) || outside.length > 0
    const record: AdvisoryRecord = { ...base, status: fixed ? 'fixed' : 'affected', intervals }
    if (texts.length > 0) record.vulnerable = texts
    if (outside.length > 0) record.unaffected = outside
    if (arches.length > 0) record.arches = arches
    if (slot !== '*') record.module = `slot:${slot}`
    yield record
  }
}

const slotOf = (range: XmlNode): string => range.attributes.get('slot') || '*'

/** What an interval can say; the rest goes by constraints. */
function intervalOf(range: XmlNode): VersionInterval[] {
  const version = range.text.trim()
  const kind = range.attributes.get('range')
  if (version === '' || version.includes('*')) return []
  if (kind === 'lt') return [{ fixed: version }]
  return kind === 'le' ? [{ lastAffected: version }] : []
}

const operators = new Map([
  ['lt', '<'],
  ['le', '<='],
  ['eq', '='],
  ['ge', '>='],
  ['gt', '>'],
])
/** Beyond all revisions of one version. */
const last = 'r999999'

function constraintOf(range: XmlNode): string[] {
  const version = range.text.trim()
  const kind = range.attributes.get('range') ?? ''
  if (version === '') return []
  if (kind === 'eq' && version.endsWith('*')) {
    const begin = version.slice(0, -1).replace(/\.$/, '')
    return [`>=${begin}_alpha, <${begin}.999999`]
  }
  const plain = operators.get(kind)
  if (plain !== undefined) return [`${plain}${version}`]
  const base = version.replace(/-r\d+$/, '')
  if (kind === 'rlt') return [`>=${base}, <${version}`]
  if (kind === 'rle') return [`>=${base}, <=${version}`]
  if (kind === 'rge') return [`>=${version}, <=${base}-${last}`]
  return kind === 'rgt' ? [`>${version}, <=${base}-${last}`] : []
}

function detailsOf(
  glsa: XmlNode,
  id: string,
  aliases: string[],
  uris: XmlNode[],
  severity: AdvisoryRecord['severity'],
): AdvisoryDetails {
  const details: AdvisoryDetails = {
    id,
    aliases,
    title: clip(textOf(glsa, 'title'), 300),
    description: clip(textOf(glsa, 'synopsis')),
    severities: severity === undefined ? {} : { gentoo: severity },
    cvss: [],
    cwes: [],
    references: unique(uris.flatMap(uri => uri.attributes.get('link') ?? [])).slice(0, 20),
  }
  const published = isoDate(textOf(glsa, 'announced'))
  if (published !== undefined) details.published = published
  return details
}
