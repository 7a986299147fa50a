import { parse as parseYaml } from 'yaml'
import { JennerError } from '../../../../base/errors.ts'
import type { Feed, FeedFile } from '../feed.ts'
import { fields } from '../fields.ts'
import { parseOsv } from './parse.ts'

const bucket = 'https://osv-vulnerabilities.storage.googleapis.com'
const ecosystems = [
  'npm',
  'PyPI',
  'Go',
  'Maven',
  'crates.io',
  'RubyGems',
  'Packagist',
  'NuGet',
  'Hex',
  'Pub',
  'SwiftURL',
  'Bitnami',
  'GitHub Actions',
  'VSCode',
  'Julia',
  'CRAN',
  'Hackage',
  'opam',
]
const distributions = [
  'Red Hat',
  'AlmaLinux',
  'Rocky Linux',
  'Wolfi',
  'Chainguard',
  'Ubuntu',
  'SUSE',
  'openSUSE',
  'openEuler',
  'Mageia',
  'MinimOS',
  'Echo',
  'Alpaquita',
]

/** Open Source Vulnerability format (https://ossf.github.io/osv-schema/), as JSON or, as PyPA keeps it, YAML; one record a file. */
export const osv: Feed = {
  id: 'osv',
  title: { en: 'OSV records', ko: 'OSV 기록' },
  licence: 'CC-BY-4.0 and others, by source',
  homepage: 'https://osv.dev',
  downloads: [...ecosystems, ...distributions].map(name => ({
    urls: [`${bucket}/${encodeURIComponent(name)}/all.zip`],
    file: `osv-${name.replaceAll(' ', '-')}.zip`,
  })),
  detect: file => isOsv(file.json()) || isYaml(file),
  *parse(file) {
    const document = file.json() ?? parseYaml(file.text(), { maxAliasCount: 100 })
    if (!isOsv(document)) throw new JennerError('feed_malformed', 'not an OSV record')
    yield* parseOsv(fields(document), file.path)
  },
}

function isOsv(document: unknown): boolean {
  const record = fields(document)
  const marked = record.affected !== undefined || record.schema_version !== undefined || record.withdrawn !== undefined
  return typeof record.id === 'string' && typeof record.modified === 'string' && marked
}

/** PyPA's files: `id: PYSEC-…` at the start of a line, with `affected:`. */
function isYaml(file: FeedFile): boolean {
  return (
    /\.ya?ml$/.test(file.path) &&
    /^id: *\S/m.test(file.head) &&
    /^affected:|^withdrawn:/m.test(file.head) &&
    /^modified:/m.test(file.head)
  )
}
