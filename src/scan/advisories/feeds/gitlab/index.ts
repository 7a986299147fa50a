import { parse as parseYaml } from 'yaml'
import { cvssScore, severityOfScore } from '../../../../base/cvss.ts'
import type { AdvisoryDetails, AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import type { Feed } from '../feed.ts'
import { clip, type Fields, fields, isCve, isoDate, str, strs, unique } from '../fields.ts'

const ecosystems = new Map([
  ['npm', 'npm'],
  ['pypi', 'PyPI'],
  ['gem', 'RubyGems'],
  ['go', 'Go'],
  ['maven', 'Maven'],
  ['nuget', 'NuGet'],
  ['packagist', 'Packagist'],
  ['conan', 'ConanCenter'],
  ['swift', 'SwiftURL'],
  ['cargo', 'crates.io'],
  ['pub', 'Pub'],
])

/**
 * GitLab's advisory database, a YAML file each: `identifier`, `identifiers`, `package_slug` (`npm/@scope/name`), `affected_range` in the ecosystem's own language,
 * `fixed_versions`.
 */
export const gitlab: Feed = {
  id: 'gitlab',
  title: { en: 'GitLab advisory database (community edition)', ko: '깃랩 보안 권고 데이터베이스 (커뮤니티판)' },
  licence: 'MIT',
  homepage: 'https://gitlab.com/gitlab-org/advisories-community',
  downloads: [],
  detect: file => /^package_slug: /m.test(file.head) && /^affected_range:/m.test(file.head),
  *parse(file) {
    yield* itemsOf(fields(parseYaml(file.text(), { maxAliasCount: 100 })), file.path)
  },
}

function* itemsOf(entry: Fields, path: string): Generator<FeedItem> {
  const slug = str(entry.package_slug)
  const [type = '', ...rest] = slug.split('/')
  const ecosystem = ecosystems.get(type)
  const identifier = str(entry.identifier)
  if (ecosystem === undefined || rest.length === 0 || identifier === '') {
    yield { kind: 'problem', path, detail: `${identifier || 'an entry'}: of no known kind of package ${slug}` }
    return
  }
  const ids = unique([identifier, ...strs(entry.identifiers)].map(id => ownName(id, slug)))
  const id = ids.find(isCve) ?? ids.find(one => one.startsWith('GHSA-')) ?? ownName(identifier, slug)
  const range = str(entry.affected_range).trim()
  const fixed = strs(entry.fixed_versions)
  const record: AdvisoryRecord = {
    id,
    source: 'gitlab',
    aliases: ids.filter(one => one !== id),
    status: fixed.length > 0 ? 'fixed' : 'affected',
    intervals: [],
  }
  if (range === '' || range === '*' || /^>=\s*0(?:\.0)*$/.test(range)) record.intervals = [{}]
  else record.vulnerable = [range]
  if (fixed.length > 0) record.patched = fixed.map(version => `>= ${version}, <= ${version}`)
  yield { kind: 'record', ecosystem, name: rest.join(type === 'maven' ? ':' : '/'), record }
  yield { kind: 'details', details: detailsOf(entry, id, record.aliases) }
}

/** Some are named by a date alone (`2017-05-15`), which many packages' flaws share: such a name is told apart by the package's. */
const ownName = (id: string, slug: string) => (/^\d{4}-\d\d-\d\d/.test(id) ? `${slug}/${id}` : id)

function detailsOf(entry: Fields, id: string, aliases: string[]): AdvisoryDetails {
  const cvss = ['cvss_v4', 'cvss_v3', 'cvss_v2'].flatMap(key => {
    const vector = str(entry[key])
    const score = cvssScore(vector)
    return score === undefined ? [] : [{ source: 'gitlab', vector, score }]
  })
  const details: AdvisoryDetails = {
    id,
    aliases,
    title: clip(str(entry.title), 300),
    description: clip(str(entry.description)),
    severities: cvss[0] ? { gitlab: severityOfScore(cvss[0].score, cvss[0].vector) } : {},
    cvss,
    cwes: strs(entry.cwe_ids).filter(cwe => /^CWE-\d+$/.test(cwe) && !['CWE-1035', 'CWE-937'].includes(cwe)),
    references: strs(entry.urls).slice(0, 20),
  }
  const published = isoDate(entry.pubdate)
  const modified = isoDate(entry.date)
  if (published !== undefined) details.published = published
  if (modified !== undefined) details.modified = modified
  return details
}
