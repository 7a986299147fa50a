import type { AdvisoryRecord, FeedItem, Status } from '../../../../base/model/advisory.ts'
import type { Severity } from '../../../../base/model/severity.ts'
import { childrenOf, descendants, textOf, type XmlNode, xmlElements } from '../../input/xml.ts'
import type { Feed } from '../feed.ts'
import { clip, isCve, isoDate, severityOf } from '../fields.ts'
import { type Built, packageReader } from './products.ts'

/** CVRF 1.1 and 1.2 (https://docs.oasis-open.org/csaf/csaf-cvrf/v1.2/), the form before CSAF: SUSE's and openEuler's notices, a file each, and SUSE's files by CVE. */
export const cvrf: Feed = {
  id: 'cvrf',
  title: { en: 'CVRF notices (SUSE, openEuler)', ko: 'CVRF 공지 (SUSE, openEuler)' },
  licence: 'CC-BY-4.0',
  homepage: 'https://ftp.suse.com/pub/projects/security/cvrf1.2/',
  downloads: [],
  detect: file => /<cvrfdoc\b/.test(file.head),
  async *parse(file) {
    let notice = ''
    let read: (product: string) => Built[] = () => []
    for await (const node of xmlElements(file.chunks(), ['Identification', 'ProductTree', 'Vulnerability'])) {
      if (node.name === 'Identification') notice = textOf(node, 'ID')
      else if (node.name === 'ProductTree') read = packageReader(node)
      else yield* flawItems(node, read, notice)
    }
  },
}

const words = new Map<string, Status>([
  ['fixed', 'fixed'],
  ['first fixed', 'fixed'],
  ['recommended', 'fixed'],
  ['known affected', 'affected'],
  ['first affected', 'affected'],
  ['last affected', 'affected'],
  ['known not affected', 'not_affected'],
  ['under investigation', 'under_investigation'],
])

function* flawItems(flaw: XmlNode, read: (product: string) => Built[], notice: string): Generator<FeedItem> {
  const id = textOf(flaw, 'CVE')
  if (!isCve(id)) return
  const impact = [...descendants(flaw, 'Threat')].find(threat => threat.attributes.get('Type') === 'Impact')
  const severity = severityOf(textOf(impact, 'Description'))
  const records = new Map<string, Extract<FeedItem, { kind: 'record' }>>()
  for (const stated of descendants(flaw, 'Status')) {
    const status = words.get((stated.attributes.get('Type') ?? '').toLowerCase())
    if (status === undefined) continue
    const products = childrenOf(stated, 'ProductID').map(node => node.text.trim())
    for (const built of products.flatMap(read)) {
      if (status === 'fixed' && built.version === '') continue
      add(records, built, { id, status, severity, notice })
    }
  }
  yield* records.values()
  if (records.size > 0) yield { kind: 'details', details: detailsOf(flaw, id, severity, records) }
}

interface Said {
  id: string
  status: Status
  severity: Severity | undefined
  notice: string
}

function add(
  records: Map<string, Extract<FeedItem, { kind: 'record' }>>,
  { ecosystem, source, name, version, arch }: Built,
  { id, status, severity, notice }: Said,
): void {
  const key = [ecosystem, name, status, status === 'fixed' ? version : ''].join('\n')
  const known = records.get(key)?.record
  const arches = arch === '' || arch === 'noarch' ? [] : [arch]
  if (known !== undefined) {
    if (arches.length === 0) delete known.arches
    else if (known.arches?.includes(arch) === false) known.arches.push(arch)
    return
  }
  const record: AdvisoryRecord = {
    id,
    source,
    aliases: /^(?:(?:open)?SUSE|openEuler)-[A-Z]/.test(notice) ? [notice] : [],
    status,
    intervals: [status === 'fixed' ? { fixed: version } : {}],
  }
  if (severity !== undefined) record.severity = severity
  if (arches.length > 0) record.arches = arches
  records.set(key, { kind: 'record', ecosystem, name, record })
}

function detailsOf(
  flaw: XmlNode,
  id: string,
  severity: Severity | undefined,
  records: Map<string, { record: AdvisoryRecord }>,
) {
  const notes = [...descendants(flaw, 'Note')].map(note => note.text.trim())
  const source = records.values().next().value?.record.source ?? ''
  const published = isoDate(textOf(flaw, 'ReleaseDate'))
  return {
    id,
    aliases: [],
    title: '',
    description: clip(notes.find(text => text !== '') ?? ''),
    severities: severity === undefined ? {} : { [source]: severity },
    cvss: [],
    cwes: [],
    references: [],
    ...(published !== undefined && { published }),
  }
}
