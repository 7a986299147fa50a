import { parse as parseToml } from 'smol-toml'
import { cvssScore, severityOfScore } from '../../../../base/cvss.ts'
import { JennerError } from '../../../../base/errors.ts'
import type { AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import type { Feed } from '../feed.ts'
import { clip, fields, isoDate, str, strs, unique } from '../fields.ts'

/** RustSec's own files: Markdown that begins with TOML in a fence (`[advisory]`, `[versions] patched unaffected`). */
export const rustsec: Feed = {
  id: 'rustsec',
  title: { en: 'RustSec advisory database', ko: 'RustSec 권고 데이터베이스' },
  licence: 'CC0-1.0',
  homepage: 'https://rustsec.org',
  downloads: [],
  detect: file => /^```toml\s*\n\[advisory\]/.test(file.head),
  *parse(file) {
    const match = /^```toml\s*\n([\s\S]*?)\n```\s*\n+(?:#\s*([^\n]*)\n)?([\s\S]*)$/.exec(
      file.text().replaceAll('\r\n', '\n'),
    )
    if (match === null) throw new JennerError('feed_malformed', 'no closing fence')
    yield* itemsOf(fields(parseToml(match[1]!)), match[2] ?? '', match[3] ?? '')
  },
}

function* itemsOf(document: Record<string, unknown>, title: string, text: string): Generator<FeedItem> {
  const advisory = fields(document.advisory)
  if (advisory.withdrawn !== undefined || str(advisory.informational) === 'notice') return
  const { patched, unaffected } = fields(document.versions)
  const id = str(advisory.id)
  const name = str(advisory.package)
  const aliases = unique(strs(advisory.aliases))
  const fixes = strs(patched)
  const record: AdvisoryRecord = {
    id,
    source: 'rustsec',
    aliases,
    status: fixes.length > 0 ? 'fixed' : 'affected',
    intervals: [{}],
  }
  if (fixes.length > 0) record.patched = fixes
  // `unmaintained`, `unsound`: told, and told apart.
  if (str(advisory.informational) !== '') record.note = str(advisory.informational)
  const never = strs(unaffected)
  if (never.length > 0) record.unaffected = never
  yield { kind: 'record', ecosystem: 'crates.io', name, record }
  const vector = str(advisory.cvss)
  const score = cvssScore(vector)
  const published = isoDate(advisory.date)
  yield {
    kind: 'details',
    details: {
      id,
      aliases,
      title: clip(title.trim(), 300),
      description: clip(text.trim()),
      severities: score === undefined ? {} : { rustsec: severityOfScore(score, vector) },
      cvss: score === undefined ? [] : [{ source: 'rustsec', vector, score }],
      cwes: [],
      references: unique([...strs(advisory.url), ...strs(advisory.references)]),
      ...(published === undefined ? {} : { published }),
    },
  }
}
