import { cvssScore, severityOfScore } from '../../../../base/cvss.ts'
import type { AdvisoryDetails, CvssScore, FeedItem } from '../../../../base/model/advisory.ts'
import type { Feed } from '../feed.ts'
import { clip, type Fields, fields, isCve, isoDate, list, str, strs, unique } from '../fields.ts'
import { productItems } from './products.ts'

/** What is known of a CVE beyond packages: CVE records version 5 (with CISA's enrichment) and NVD's API 2.0 pages. Details, and NVD's word on programs without a package. */
export const cve: Feed = {
  id: 'cve',
  title: { en: 'CVE records (CISA Vulnrichment, NVD)', ko: 'CVE 기록 (CISA Vulnrichment, NVD)' },
  licence: 'CC0-1.0; NVD public domain',
  homepage: 'https://github.com/cisagov/vulnrichment',
  downloads: [],
  detect: file => {
    const document = fields(file.json())
    return (
      document.dataType === 'CVE_RECORD' || (document.format === 'NVD_CVE' && Array.isArray(document.vulnerabilities))
    )
  },
  *parse(file) {
    const document = fields(file.json())
    if (document.dataType === 'CVE_RECORD') yield* recordItems(document)
    else for (const entry of list(document.vulnerabilities)) yield* nvdItems(fields(fields(entry).cve))
  },
}

function* recordItems(document: Fields): Generator<FeedItem> {
  const { cveId, state, datePublished, dateUpdated } = fields(document.cveMetadata)
  const id = str(cveId)
  if (!isCve(id) || state === 'REJECTED') return
  const { cna, adp } = fields(document.containers)
  const main = fields(cna)
  const parts = [main, ...list(adp).map(fields)]
  const details: AdvisoryDetails = {
    id,
    aliases: [],
    title: clip(str(main.title), 300),
    description: clip(english(main.descriptions)),
    severities: {},
    cvss: parts.flatMap(part => list(part.metrics).flatMap(metric => scoresOf(fields(metric), sourceOf(part)))),
    cwes: unique(
      parts.flatMap(part =>
        list(part.problemTypes).flatMap(type =>
          list(fields(type).descriptions).flatMap(entry => strs(fields(entry).cweId)),
        ),
      ),
    ),
    references: unique(
      parts.flatMap(part => list(part.references).flatMap(reference => strs(fields(reference).url))),
    ).slice(0, 20),
  }
  yield* finished(details, datePublished, dateUpdated)
}

const sourceOf = (part: Fields) => (/CISA/i.test(str(fields(part.providerMetadata).shortName)) ? 'cisa' : 'cna')

function scoresOf(metric: Fields, source: string): CvssScore[] {
  return ['cvssV4_0', 'cvssV3_1', 'cvssV3_0', 'cvssV2_0'].flatMap(key => {
    const vector = str(fields(metric[key]).vectorString)
    const score = cvssScore(vector)
    return score === undefined ? [] : [{ source, vector, score }]
  })
}

function* nvdItems(entry: Fields): Generator<FeedItem> {
  const id = str(entry.id)
  if (!isCve(id) || /reject/i.test(str(entry.vulnStatus))) return
  const metrics = ['cvssMetricV40', 'cvssMetricV31', 'cvssMetricV30', 'cvssMetricV2'].flatMap(key =>
    list(fields(entry.metrics)[key]).map(fields),
  )
  const cvss = metrics.flatMap(metric => {
    const vector = str(fields(metric.cvssData).vectorString)
    const score = cvssScore(vector)
    return score === undefined ? [] : [{ source: metric.type === 'Primary' ? 'nvd' : 'cna', vector, score }]
  })
  const details: AdvisoryDetails = {
    id,
    aliases: [],
    title: '',
    description: clip(english(entry.descriptions)),
    severities: {},
    cvss,
    cwes: unique(
      list(entry.weaknesses).flatMap(weakness =>
        strs(list(fields(weakness).description).map(text => fields(text).value)),
      ),
    ).filter(cwe => /^CWE-\d+$/.test(cwe)),
    references: unique(list(entry.references).flatMap(reference => strs(fields(reference).url))).slice(0, 20),
  }
  yield* finished(details, entry.published, entry.lastModified)
  yield* productItems(entry, id)
}

function english(descriptions: unknown): string {
  return str(
    list(descriptions)
      .map(fields)
      .find(entry => str(entry.lang).startsWith('en'))?.value,
  )
}

/** Severities are the words for each source's newest score. */
function* finished(details: AdvisoryDetails, publishedAt: unknown, modifiedAt: unknown): Generator<FeedItem> {
  for (const { source, vector, score } of details.cvss) details.severities[source] ??= severityOfScore(score, vector)
  const published = isoDate(publishedAt)
  const modified = isoDate(modifiedAt)
  if (published !== undefined) details.published = published
  if (modified !== undefined) details.modified = modified
  if (details.cvss.length > 0 || details.description !== '') yield { kind: 'details', details }
}
