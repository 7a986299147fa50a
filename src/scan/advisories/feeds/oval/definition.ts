import type { AdvisoryDetails, AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import type { Severity } from '../../../../base/model/severity.ts'
import { childrenOf, descendants, textOf, type XmlNode } from '../../input/xml.ts'
import { cvesIn, isCve, isoDate, severityOf, unique } from '../fields.ts'
import { type Objects, packagesOf } from './objects.ts'
import { publisher } from './publisher.ts'
import { debianStatements, redHatStatements, type Said, ubuntuStatements } from './statements.ts'
import { suseStatements } from './suse.ts'

interface Fix {
  name: string
  /** The first version with the fix; '' where `last` says that none is known. */
  fixed: string
  /** The last version known to be affected. */
  last?: string
  arches: string[]
  module: string
  /** Ubuntu: for subscribers of Pro alone. */
  pro?: true
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
  const criteria = childrenOf(definition, 'criteria')
  const fixes = merged(criteria.flatMap(one => [...fixesIn(one, objects, [], '')]))
  const { ecosystem, source } = publisher(definition, metadata, {
    path,
    fixes: fixes.map(one => one.fixed || (one.last ?? '')),
  })
  const id = idOf(definition, metadata, title, cves)
  if (id === '' || ecosystem === '') {
    yield { kind: 'problem', path, detail: `${title.slice(0, 100)}: of no known distribution` }
    return
  }
  const severity = severityOf([...descendants(metadata, 'severity')][0]?.text)
  const said = { definition, metadata, criteria, fixes, objects, ecosystem, source }
  let records = 0
  // A definition without a name of its own is about each of its flaws.
  for (const flaw of isCve(id) && cves.length > 1 ? cves : [id])
    for (const { name, ecosystem, ...rest } of recordsOf(said)) {
      const aliases = flaw === id && !(isCve(id) && cves.length > 1) ? cves.filter(cve => cve !== id) : []
      records++
      yield {
        kind: 'record',
        ecosystem,
        name,
        record: { id: flaw, source, aliases, ...rest, ...(severity && { severity }) },
      }
    }
  // What is said of many flaws at once describes none of them.
  if (records > 0 && !(isCve(id) && cves.length > 1))
    yield { kind: 'details', details: detailsOf(metadata, { id, source, title, cves, severity }) }
}

/** The erratum's own name: `ELSA-2024-1`, `RHSA-2024:1` (Red Hat's references end in `-01`), `DSA-1-1`, `PHSA:00001:5.0:184` as `PHSA-2024-5.0-0184`; else the CVE. */
function idOf(definition: XmlNode, metadata: XmlNode, title: string, cves: string[]): string {
  const named = /^(D[SL]A-\d+-\d+) /.exec(title)?.[1]
  const refs = childrenOf(metadata, 'reference').map(ref => ref.attributes.get('ref_id') ?? '')
  const erratum = named ?? refs.find(id => id !== '' && !isCve(id)) ?? ''
  if (definition.attributes.get('class') !== 'patch' || erratum === '') return cves[0] ?? erratum
  const [, release, number] = /^PHSA:\d{1,6}:(\d+\.\d+):(\d{1,6})$/.exec(erratum) ?? []
  const year = /^PHSA-(\d{4})\b/.exec(title)?.[1]
  if (release && number && year) return `PHSA-${year}-${release}-${number.padStart(4, '0')}`
  return erratum.replace(/-(\d{4}:\d+)-\d+$/, '-$1')
}

interface Definition {
  definition: XmlNode
  metadata: XmlNode
  criteria: XmlNode[]
  fixes: Fix[]
  objects: Objects
  ecosystem: string
  source: string
}

type Word = Pick<AdvisoryRecord, 'status' | 'intervals' | 'arches' | 'module' | 'note' | 'names'> & {
  name: string
  ecosystem: string
}

function recordsOf({ definition, metadata, criteria, fixes, objects, ecosystem, source }: Definition): Word[] {
  if (source === 'suse')
    return suseStatements(criteria, objects, ecosystem).map(({ arches, ...rest }) => ({
      ...rest,
      ...(arches.length > 0 && { arches }),
    }))
  const notices = source === 'ubuntu' && definition.attributes.get('class') === 'patch'
  if (fixes.length === 0 || (source === 'ubuntu' && !notices))
    return statementsOf(definition, metadata, source).map(one => ({ ...one, ecosystem }))
  // Microsoft: "This CVE either no longer is or was never applicable."
  const never = /^not applicable$/i.test(textOf(metadata, 'patchable'))
  return fixes.map(({ name, fixed, last, arches, module, pro }) => ({
    ecosystem: pro ? ecosystem.replace(/^Ubuntu:(?=\d)/, 'Ubuntu:Pro:') : ecosystem,
    name,
    // Ubuntu's notices speak of the packages as they are installed, its trackers of their sources.
    ...(notices && { names: 'binary' as const }),
    ...(never
      ? { status: 'not_affected', intervals: [{}] }
      : fixed === ''
        ? { status: 'affected', intervals: [{ ...(last && { lastAffected: last }) }] }
        : { status: 'fixed', intervals: [{ fixed }] }),
    ...(arches.length > 0 && { arches }),
    ...(module !== '' && { module }),
  }))
}

interface Told {
  id: string
  source: string
  title: string
  cves: string[]
  severity: Severity | undefined
}

function detailsOf(metadata: XmlNode, { id, source, title, cves, severity }: Told): AdvisoryDetails {
  const references = childrenOf(metadata, 'reference').flatMap(ref => ref.attributes.get('ref_url') ?? [])
  const published = isoDate([...descendants(metadata, 'issued')][0]?.attributes.get('date'))
  return {
    id,
    aliases: isCve(id) ? [] : cves,
    title: title
      .replace(/^Unaffected components for: /, '')
      .replace(/\s+/g, ' ')
      .slice(0, 300),
    description: textOf(metadata, 'description').slice(0, 2000),
    severities: severity === undefined ? {} : { [source]: severity },
    cvss: [],
    cwes: [],
    references: unique(references).slice(0, 20),
    ...(published !== undefined && { published }),
  }
}

function statementsOf(definition: XmlNode, metadata: XmlNode, source: string): Said[] {
  const criteria = childrenOf(definition, 'criteria')
  if (source === 'debian') return debianStatements(criteria)
  if (source === 'ubuntu') return ubuntuStatements(criteria)
  return source === 'redhat' ? redHatStatements(definition, metadata, criteria) : []
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
    if (state === undefined || !/^less than(?: or equal)?$/.test(state.operation)) continue
    const bound = state.evr.replace(/^0:/, '')
    for (const name of packagesOf(test?.object ?? '', objects))
      yield {
        name,
        ...(state.operation === 'less than' ? { fixed: bound } : { fixed: '', last: bound }),
        arches: state.arches.length > 0 ? state.arches : here,
        module: inside,
        ...(/\bPro\b|\bESM\b/.test(criterion.attributes.get('comment') ?? '') && { pro: true }),
      }
  }
  for (const inner of childrenOf(criteria, 'criteria')) yield* fixesIn(inner, objects, here, inside)
}

/** The same fix on several architectures is one. */
function merged(fixes: Fix[]): Fix[] {
  const known = new Map<string, Fix>()
  for (const fix of fixes) {
    const key = [fix.name, fix.fixed, fix.last, fix.module, fix.pro].join('\n')
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
