import { cvssScore, severityOfScore } from '../../../../base/cvss.ts'
import type { AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import type { Feed } from '../feed.ts'
import { clip, type Fields, fields, isCve, isoDate, str, strs } from '../fields.ts'
import { coreItems } from './core.ts'

/**
 * Node.js Security Working Group: the npm part (its old format, up to 2019) has `module_name` and `vulnerable_versions` in npm's range language (null: all); the other is about
 * Node.js itself.
 */
export const nodejswg: Feed = {
  id: 'nodejswg',
  title: { en: 'Node.js Security Working Group', ko: 'Node.js 보안 워킹 그룹' },
  licence: 'MIT',
  homepage: 'https://github.com/nodejs/security-wg',
  downloads: [],
  detect: file => {
    const document = fields(file.json())
    return (typeof document.module_name === 'string' && 'vulnerable_versions' in document) || isCore(document)
  },
  *parse(file) {
    const document = fields(file.json())
    if (isCore(document)) yield* coreItems(document, file.path)
    else yield* itemsOf(document)
  },
}

const isCore = (document: Fields) =>
  Array.isArray(document.cve) && 'vulnerable' in document && 'patched' in document && 'affectedEnvironments' in document

function* itemsOf(advisory: Fields): Generator<FeedItem> {
  const cves = strs(advisory.cves).filter(isCve)
  const own = `NSWG-ECO-${str(advisory.id)}`
  const id = cves[0] ?? own
  const aliases = [...cves.slice(1), own].filter(alias => alias !== id)
  const range = str(advisory.vulnerable_versions)
  const record: AdvisoryRecord = { id, source: 'nodejswg', aliases, status: 'affected', intervals: [] }
  if (range === '' || range === '*') record.intervals = [{}]
  else record.vulnerable = [range]
  const patched = str(advisory.patched_versions)
  if (/^[\s\d.<>=~^|&x*-]+$/.test(patched) && /\d/.test(patched) && !/^<\s*0(\.0)*$/.test(patched)) {
    record.patched = [patched]
    record.status = 'fixed'
  }
  yield { kind: 'record', ecosystem: 'npm', name: str(advisory.module_name), record }
  const vector = str(advisory.cvss_vector)
  const score = cvssScore(vector) ?? (typeof advisory.cvss_score === 'number' ? advisory.cvss_score : undefined)
  const published = isoDate(advisory.publish_date)
  yield {
    kind: 'details',
    details: {
      id,
      aliases,
      title: clip(str(advisory.title), 300),
      description: clip(str(advisory.overview)),
      severities: score === undefined ? {} : { nodejswg: severityOfScore(score) },
      cvss: score === undefined || cvssScore(vector) === undefined ? [] : [{ source: 'nodejswg', vector, score }],
      cwes: [],
      references: strs(advisory.references),
      ...(published === undefined ? {} : { published }),
    },
  }
}
