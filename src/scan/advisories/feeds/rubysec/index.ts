import { parse as parseYaml } from 'yaml'
import { severityOfScore } from '../../../../base/cvss.ts'
import { JennerError } from '../../../../base/errors.ts'
import type { AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import type { Severity } from '../../../../base/model/severity.ts'
import type { Feed } from '../feed.ts'
import { clip, type Fields, fields, isoDate, str, strs } from '../fields.ts'

/**
 * ruby-advisory-db: a YAML file per gem and flaw, or per `engine` (Ruby itself) and flaw; versions in the language of Gem::Requirement, where everything not patched or unaffected
 * is affected.
 */
export const rubysec: Feed = {
  id: 'rubysec',
  title: { en: 'Ruby advisory database', ko: 'Ruby 권고 데이터베이스' },
  licence: 'public domain',
  homepage: 'https://github.com/rubysec/ruby-advisory-db',
  downloads: [],
  detect: file =>
    /\.ya?ml$/.test(file.path) &&
    /^(?:gem|engine): *\S/m.test(file.head) &&
    /^(?:patched_versions|unaffected_versions|url|title):/m.test(file.head),
  *parse(file) {
    yield* itemsOf(fields(parseYaml(file.text(), { maxAliasCount: 100 })), file.path)
  },
}

function* itemsOf(advisory: Fields, path: string): Generator<FeedItem> {
  const ids = idsOf(advisory, path)
  const [id, ...aliases] = ids
  if (id === undefined) throw new JennerError('feed_malformed', 'no id')
  const patched = strs(advisory.patched_versions)
  const unaffected = strs(advisory.unaffected_versions)
  const record: AdvisoryRecord = {
    id,
    source: 'rubysec',
    aliases,
    status: patched.length > 0 ? 'fixed' : 'affected',
    intervals: [{}],
  }
  if (patched.length > 0) record.patched = patched
  if (unaffected.length > 0) record.unaffected = unaffected
  const engine = str(advisory.engine)
  // Other engines (JRuby, mruby …) are found in no image by their version.
  if (engine !== '' && engine !== 'ruby') return
  if (engine === 'ruby') yield { kind: 'record', ecosystem: 'NVD', name: 'ruby', record: ofRuby(record) }
  else yield { kind: 'record', ecosystem: 'RubyGems', name: str(advisory.gem), record }
  const severity = severityOf(advisory)
  const published = isoDate(advisory.date)
  yield {
    kind: 'details',
    details: {
      id,
      aliases,
      title: clip(str(advisory.title).trim(), 300),
      description: clip(str(advisory.description).trim()),
      severities: severity === undefined ? {} : { rubysec: severity },
      cvss: [],
      cwes: [],
      references: strs(advisory.url),
      ...(published === undefined ? {} : { published }),
    },
  }
}

/** Programs' versions know no `~>`: `~> 3.0.7` is `>= 3.0.7, < 3.1`. The levels of old releases (`~> 2.0.0.353` for 2.0.0p353) are those of one version. */
function ofRuby(record: AdvisoryRecord): AdvisoryRecord {
  const plain = (range: string) => {
    const [, major, minor, patch, level] =
      /^~>\s*(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:[.-]?p?(\d{1,9}))?$/.exec(range) ?? []
    if (major === undefined) return range.replace(/^(>=?\s*\d+\.\d+\.\d+)\.\d+$/, '$1')
    const below = level === undefined ? `${major}.${Number(minor) + 1}` : `${major}.${minor}.${Number(patch) + 1}`
    return `>= ${major}.${minor}.${patch}, < ${below}`
  }
  const { patched, unaffected, ...rest } = record
  return {
    ...rest,
    ...(patched && { patched: patched.map(plain) }),
    ...(unaffected && { unaffected: unaffected.map(plain) }),
  }
}

/** `cve: 2022-29181`, `ghsa: xh29-…`, `osvdb: 101157`; without any the file's name. */
function idsOf(advisory: Fields, path: string): string[] {
  const ids = strs(advisory.cve).map(cve => `CVE-${cve}`)
  ids.push(...strs(advisory.ghsa).map(ghsa => `GHSA-${ghsa}`), ...strs(advisory.osvdb).map(osvdb => `OSVDB-${osvdb}`))
  const name = /([^/!]+)\.ya?ml$/.exec(path)?.[1]
  return ids.length > 0 || name === undefined ? ids : [name]
}

function severityOf(advisory: Fields): Severity | undefined {
  const score = [advisory.cvss_v4, advisory.cvss_v3].find(value => typeof value === 'number')
  return typeof score === 'number' ? severityOfScore(score) : undefined
}
