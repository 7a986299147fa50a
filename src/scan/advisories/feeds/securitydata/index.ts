import type { AdvisoryDetails, AdvisoryRecord, FeedItem, Status } from '../../../../base/model/advisory.ts'
import type { Feed } from '../feed.ts'
import { clip, type Fields, fields, isCve, isoDate, list, severityOf, str, strs, unique } from '../fields.ts'
import { streamsOf } from '../rpm-streams.ts'

/**
 * One CVE of Red Hat's Security Data API (https://docs.redhat.com/en/documentation/red_hat_security_data_api/): `affected_release` has the fixes by product and erratum
 * (`python3.9-0:3.9.18-3.el9_4.5`), `package_state` what was decided where there is none. Both speak of source packages.
 */
export const securitydata: Feed = {
  id: 'securitydata',
  title: { en: 'Red Hat Security Data API', ko: '레드햇 보안 데이터 API' },
  licence: 'CC-BY-4.0',
  homepage: 'https://access.redhat.com/hydra/rest/securitydata',
  downloads: [],
  detect: file =>
    /"(?:threat_severity|affected_release|package_state)"\s*:/.test(file.head) && idOf(file.json()) !== '',
  *parse(file) {
    yield* itemsOf(fields(file.json()))
  },
}

function idOf(document: unknown): string {
  const name = str(fields(document).name).trim()
  return isCve(name) ? name : ''
}

function* itemsOf(document: Fields): Generator<FeedItem> {
  const id = idOf(document)
  const severity = severityOf(document.threat_severity)
  let records = 0
  for (const { ecosystem, name, record } of [...fixesOf(document), ...statesOf(document)]) {
    records++
    yield {
      kind: 'record',
      ecosystem,
      name,
      record: { id, source: 'redhat', ...record, names: 'source', ...(severity && { severity }) },
    }
  }
  if (records > 0) yield { kind: 'details', details: detailsOf(document, id) }
}

interface Word {
  ecosystem: string
  name: string
  record: Pick<AdvisoryRecord, 'aliases' | 'status' | 'intervals' | 'module' | 'note'>
}

/** The erratum of a module names the module's build (`nodejs:18-8090020240301110609.a75119d5`) and no version of a package: it says nothing that could be compared. */
function fixesOf(document: Fields): Word[] {
  const groups = new Map<string, { ecosystem: string; name: string; fixes: string[]; advisories: string[] }>()
  for (const release of entriesOf(document.affected_release)) {
    const ecosystem = ecosystemOf(release)
    const [, name, epoch, version] =
      /^([\w.+-]{1,200}?)-(\d{1,9}:)?([^-:\s]{1,100}-[^-:\s]{1,100})$/.exec(str(release.package)) ?? []
    if (ecosystem === undefined || !name || !version) continue
    const key = `${ecosystem}\n${name}`
    const group = groups.get(key) ?? { ecosystem, name, fixes: [], advisories: [] }
    group.fixes.push(`${epoch && epoch !== '0:' ? epoch : ''}${version}`)
    group.advisories.push(str(release.advisory))
    groups.set(key, group)
  }
  return [...groups.values()].map(({ ecosystem, name, fixes, advisories }) => ({
    ecosystem,
    name,
    record: {
      aliases: unique(advisories).filter(text => /^RH[SBE]A-\d{4}:\d+$/.test(text)),
      status: 'fixed',
      intervals: streamsOf(unique(fixes)),
    },
  }))
}

const states = new Map<string, Status>([
  ['affected', 'affected'],
  ['new', 'under_investigation'],
  ['under investigation', 'under_investigation'],
  ['fix deferred', 'fix_deferred'],
  ['will not fix', 'will_not_fix'],
  ['out of support scope', 'end_of_life'],
  ['not affected', 'not_affected'],
])

/** `kernel-rt`, or `mariadb:10.3/galera` of a module. */
function statesOf(document: Fields): Word[] {
  return entriesOf(document.package_state).flatMap((state): Word[] => {
    const ecosystem = ecosystemOf(state)
    const said = str(state.fix_state)
    const status = states.get(said.toLowerCase())
    const [, module, name] =
      /^(?:([\w.+-]{1,100}:[\w.+-]{1,100})\/)?([\w.+-]{1,200})$/.exec(str(state.package_name)) ?? []
    if (ecosystem === undefined || status === undefined || !name) return []
    return [
      { ecosystem, name, record: { aliases: [], status, intervals: [{}], note: said, ...(module && { module }) } },
    ]
  })
}

/** A list, or the one entry that stands there instead of it. */
const entriesOf = (value: unknown): Fields[] => (Array.isArray(value) ? list(value) : [value]).map(fields)

/** Products on top of the distribution (OpenShift, JBoss …) are not read. */
function ecosystemOf({ cpe }: Fields): string | undefined {
  const named = /^cpe:\/[ao]:redhat:((?:enterprise_linux|rhel_(?:eus|e4s|aus|tus|els)):\d{1,3}(?:\.\d{1,3})?)/.exec(
    str(cpe),
  )?.[1]
  return named === undefined ? undefined : `Red Hat:${named}`
}

function detailsOf(document: Fields, id: string): AdvisoryDetails {
  const severity = severityOf(document.threat_severity)
  const { cvss3_base_score: base, cvss3_scoring_vector: vector } = fields(document.cvss3)
  const score = Number(str(base))
  const published = isoDate(document.public_date)
  return {
    id,
    aliases: [],
    title: clip(
      str(fields(document.bugzilla).description)
        .trim()
        .replace(/^CVE-\S+ /, ''),
      300,
    ),
    description: clip(strs(document.details).join('\n').trim()),
    severities: severity === undefined ? {} : { redhat: severity },
    cvss: str(vector).startsWith('CVSS:') && score > 0 ? [{ source: 'redhat', vector: str(vector), score }] : [],
    cwes: unique(str(document.cwe).match(/CWE-\d{1,6}/g) ?? []),
    references: unique(
      strs(document.references)
        .flatMap(text => text.split('\n'))
        .filter(text => /^https?:/.test(text)),
    ).slice(0, 20),
    ...(published !== undefined && { published }),
  }
}
