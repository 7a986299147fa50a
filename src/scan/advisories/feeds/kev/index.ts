import { JennerError } from '../../../../base/errors.ts'
import type { FeedItem } from '../../../../base/model/advisory.ts'
import { csvRows } from '../csv.ts'
import type { Feed, FeedFile } from '../feed.ts'
import { type Fields, fields, isCve, list, str } from '../fields.ts'

/** CISA's catalogue of known exploited vulnerabilities, JSON or CSV (the same columns). */
export const kev: Feed = {
  id: 'kev',
  title: { en: 'CISA known exploited vulnerabilities', ko: 'CISA 악용 확인 취약점' },
  licence: 'CC0-1.0',
  homepage: 'https://www.cisa.gov/known-exploited-vulnerabilities-catalog',
  downloads: [
    {
      urls: [
        'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
        'https://raw.githubusercontent.com/cisagov/kev-data/develop/known_exploited_vulnerabilities.json',
      ],
      file: 'kev.json',
    },
  ],
  detect: file => isCatalogue(file) || /^\uFEFF?"?cveID"?,/.test(file.head),
  *parse(file) {
    if (!/^\uFEFF?"?cveID/.test(file.head)) {
      const { vulnerabilities } = fields(file.json())
      if (!Array.isArray(vulnerabilities)) throw new JennerError('feed_malformed', 'no vulnerabilities')
      for (const entry of list(vulnerabilities)) yield itemOf(fields(entry), file.path)
      return
    }
    const [names = [], ...rows] = csvRows(file.text().replace(/^\uFEFF/, ''))
    for (const row of rows)
      if (row.length > 1) yield itemOf(Object.fromEntries(names.map((name, i) => [name, row[i]])), file.path)
  },
}

function itemOf(entry: Fields, path: string): FeedItem {
  const cve = str(entry.cveID)
  const dateAdded = str(entry.dateAdded)
  if (!isCve(cve) || dateAdded === '') return { kind: 'problem', path, detail: `not an entry: ${cve}` }
  const dueDate = str(entry.dueDate)
  const ransomware = str(entry.knownRansomwareCampaignUse) === 'Known'
  return { kind: 'kev', cve, entry: { dateAdded, ...(dueDate === '' ? {} : { dueDate }), ransomware } }
}

/** Not its JSON schema, which names the same fields. */
function isCatalogue(file: FeedFile): boolean {
  if (!file.head.includes('"catalogVersion"')) return false
  const document = fields(file.json())
  return typeof document.catalogVersion === 'string' && Array.isArray(document.vulnerabilities)
}
