import type { AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import { childrenOf, descendants, textOf, type XmlNode } from '../../input/xml.ts'
import { cvesIn, isCve, isoDate, severityOf, unique } from '../fields.ts'
import { debianStatements, redHatStatements, type Said, ubuntuStatements } from './statements.ts'

/** Everything that the criteria of definitions refer to, by id. */
export interface Objects {
  tests: Map<string, { object: string; state: string }>
  names: Map<string, string>
  states: Map<string, { evr: string; operation: string; arches: string[] }>
}

interface Fix {
  name: string
  fixed: string
  arches: string[]
  module: string
}

/** One definition (an erratum, or with Azure Linux and SUSE a CVE) to records: each `is earlier than` criterion is a package and its fix. */
export function* definitionItems(definition: XmlNode, objects: Objects, path: string): Generator<FeedItem> {
  const [metadata] = childrenOf(definition, 'metadata')
  if (metadata === undefined) return
  const title = textOf(metadata, 'title')
  const refs = childrenOf(metadata, 'reference')
  const cves = unique([
    ...refs.flatMap(ref => cvesIn(ref.attributes.get('ref_id') ?? '')),
    ...[...descendants(metadata, 'cve')].flatMap(node => cvesIn(node.text)),
  ])
  const named = /^(D[SL]A-\d+-\d+) /.exec(title)?.[1]
  const erratum = named ?? refs.map(ref => ref.attributes.get('ref_id') ?? '').find(id => id !== '' && !isCve(id)) ?? ''
  const id =
    definition.attributes.get('class') === 'patch' && erratum !== ''
      ? erratum.replace(/-(\d{4}:\d+)-\d+$/, '-$1')
      : (cves[0] ?? erratum)
  const { ecosystem, source } = publisher(definition, metadata, title)
  if (id === '' || ecosystem === '') {
    yield { kind: 'problem', path, detail: `${title.slice(0, 100)}: of no known distribution` }
    return
  }
  const severity = severityOf([...descendants(metadata, 'severity')][0]?.text)
  const fixes = [...childrenOf(definition, 'criteria')].flatMap(criteria => [...fixesIn(criteria, objects, [], '')])
  for (const { name, fixed, arches, module } of merged(fixes)) {
    const record: AdvisoryRecord = {
      id,
      source,
      aliases: cves.filter(cve => cve !== id),
      status: 'fixed',
      intervals: [{ fixed }],
    }
    if (severity !== undefined) record.severity = severity
    if (arches.length > 0) record.arches = arches
    if (module !== '') record.module = module
    yield { kind: 'record', ecosystem, name, record }
  }
  const said = fixes.length > 0 ? [] : statementsOf(definition, metadata, source)
  for (const { name, ...rest } of said) {
    const record: AdvisoryRecord = { id, source, aliases: cves.filter(cve => cve !== id), ...rest }
    if (severity !== undefined) record.severity = severity
    yield { kind: 'record', ecosystem, name, record }
  }
  if (fixes.length === 0 && said.length === 0) return
  const details = {
    id,
    aliases: cves.filter(cve => cve !== id),
    title: title
      .replace(/^Unaffected components for: /, '')
      .replace(/\s+/g, ' ')
      .slice(0, 300),
    description: textOf(metadata, 'description').slice(0, 2000),
  }
  const published = isoDate([...descendants(metadata, 'issued')][0]?.attributes.get('date'))
  const references = refs.flatMap(ref => ref.attributes.get('ref_url') ?? [])
  const more = {
    severities: severity === undefined ? {} : { [source]: severity },
    cvss: [],
    cwes: [],
    references: unique(references).slice(0, 20),
  }
  yield { kind: 'details', details: { ...details, ...more, ...(published === undefined ? {} : { published }) } }
}

function statementsOf(definition: XmlNode, metadata: XmlNode, source: string): Said[] {
  const criteria = childrenOf(definition, 'criteria')
  if (source === 'debian') return debianStatements(criteria)
  if (source === 'ubuntu') return ubuntuStatements(criteria)
  return source === 'redhat' ? redHatStatements(definition, metadata, criteria) : []
}

function publisher(definition: XmlNode, metadata: XmlNode, title: string): { ecosystem: string; source: string } {
  const platforms = [...descendants(metadata, 'platform')].map(node => node.text.trim())
  // SUSE names every product that the packages go into: the distribution itself is the one that counts.
  const platform =
    platforms.find(name => /^(SUSE Linux (?:Enterprise|Micro)|openSUSE) /.test(name)) ?? platforms[0] ?? ''
  const release = /(\d+(?:\.\d+)?)/.exec(platform)?.[1] ?? ''
  const id = definition.attributes.get('id') ?? ''
  if (/^Oracle Linux/.test(platform)) return { ecosystem: `Oracle Linux:${release}`, source: 'oracle' }
  if (/^(?:CBL-Mariner|Azure Linux)/.test(platform)) return { ecosystem: `Azure Linux:${release}`, source: 'azure' }
  if (/^Red Hat Enterprise Linux/.test(platform)) return { ecosystem: `Red Hat:${release}`, source: 'redhat' }
  if (/^AlmaLinux/i.test(platform)) return { ecosystem: `AlmaLinux:${release}`, source: 'alma' }
  if (/^(?:VMware )?Photon/i.test(platform) || id.includes('phsa')) {
    const photon = /photon\D*(\d)/i.exec(`${platform} ${title}`)?.[1]
    return { ecosystem: photon === undefined ? '' : `Photon OS:${photon}.0`, source: 'photon' }
  }
  if (/^Ubuntu \d/.test(platform)) return ubuntu(definition, release)
  const debian = /^Debian GNU\/Linux (\d+)|^Debian (\d+) is installed/.exec(platform || firstComment(definition))
  if (debian) return { ecosystem: `Debian:${debian[1] ?? debian[2]}`, source: 'debian' }
  const cpe = [...descendants(metadata, 'cpe')].map(node => node.text).join(' ')
  const [, product, major] = /:(almalinux|enterprise_linux):(\d+)/.exec(cpe) ?? []
  if (product === 'almalinux') return { ecosystem: `AlmaLinux:${major}`, source: 'alma' }
  if (product) return { ecosystem: `Red Hat:${major}`, source: 'redhat' }
  const suse = /^(SUSE|openSUSE) (.+)$/.exec(platform)
  return suse === null ? { ecosystem: '', source: '' } : { ecosystem: `${suse[1]}:${suse[2]}`, source: 'suse' }
}

/** Certified builds (FIPS) are another line of packages, under the same platform. */
function ubuntu(definition: XmlNode, release: string): { ecosystem: string; source: string } {
  const special = /com\.ubuntu\.(?:fips|ros)/.test(definition.attributes.get('id') ?? '')
  return special ? { ecosystem: '', source: '' } : { ecosystem: `Ubuntu:${release}`, source: 'ubuntu' }
}

function firstComment(definition: XmlNode): string {
  return [...descendants(definition, 'criterion')][0]?.attributes.get('comment') ?? ''
}

/**
 * Criteria nest: architecture and module stand as criteria beside the packages that they are for ("Oracle Linux arch is x86_64", "Module httpd:2.4 is enabled").
 */
function* fixesIn(criteria: XmlNode, objects: Objects, arches: string[], module: string): Generator<Fix> {
  const comments = childrenOf(criteria, 'criterion').map(node => node.attributes.get('comment') ?? '')
  const arch = comments.map(comment => / arch is (\S+)/.exec(comment)?.[1]).find(found => found !== undefined)
  const stream = comments
    .map(comment => /^Module (\S+) is enabled/.exec(comment)?.[1])
    .find(found => found !== undefined)
  const here = arch === undefined ? arches : [arch]
  const inside = stream ?? module
  for (const criterion of childrenOf(criteria, 'criterion')) {
    const test = objects.tests.get(criterion.attributes.get('test_ref') ?? '')
    const state = objects.states.get(test?.state ?? '')
    const name = objects.names.get(test?.object ?? '') ?? ''
    if (state === undefined || state.operation !== 'less than' || name === '') continue
    yield {
      name,
      fixed: state.evr.replace(/^0:/, ''),
      arches: state.arches.length > 0 ? state.arches : here,
      module: inside,
    }
  }
  for (const inner of childrenOf(criteria, 'criteria')) yield* fixesIn(inner, objects, here, inside)
}

/** The same fix on several architectures is one. */
function merged(fixes: Fix[]): Fix[] {
  const known = new Map<string, Fix>()
  for (const fix of fixes) {
    const key = [fix.name, fix.fixed, fix.module].join('\n')
    const before = known.get(key)
    const arches =
      before === undefined
        ? fix.arches
        : before.arches.length === 0 || fix.arches.length === 0
          ? []
          : unique([...before.arches, ...fix.arches])
    known.set(key, { ...fix, arches: arches.filter(arch => arch !== 'noarch') })
  }
  return [...known.values()]
}
