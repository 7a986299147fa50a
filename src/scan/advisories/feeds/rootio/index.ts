import type { AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import type { Feed } from '../feed.ts'
import { type Fields, fields, isCve, list, severityOf, str, strs } from '../fields.ts'

const families = new Map([
  ['alpine', 'Alpine'],
  ['debian', 'Debian'],
  ['ubuntu', 'Ubuntu'],
])

/**
 * Root.io's list of the packages that it rebuilds with fixes: `{ debian: [{ distroversion, packages: [{ pkg: { name, cves: { CVE: { vulnerable_ranges, fixed_versions,
 * severity } } } }] }] }`, ranges in the distribution's versions, where a rebuild (`….root.io.3`) and the distribution's own later fix may both end one.
 */
export const rootio: Feed = {
  id: 'rootio',
  title: { en: 'Root.io rebuilt packages', ko: 'Root.io 재빌드 패키지' },
  licence: 'none stated',
  homepage: 'https://www.root.io',
  downloads: [],
  detect: file => /^\s*\{\s*"(?:alpine|debian|ubuntu)"\s*:\s*\[\s*\{\s*"distroversion"\s*:/.test(file.head),
  *parse(file) {
    for (const [family, releases] of Object.entries(fields(file.json()))) {
      const name = families.get(family)
      if (name === undefined) {
        yield { kind: 'problem', path: file.path, detail: `of no known distribution: ${family.slice(0, 60)}` }
        continue
      }
      for (const release of list(releases).map(fields))
        for (const entry of list(release.packages))
          yield* packageItems(`Root:${name}:${str(release.distroversion)}`, fields(fields(entry).pkg))
    }
  },
}

function* packageItems(ecosystem: string, { name, cves }: Fields): Generator<FeedItem> {
  for (const [id, flaw] of Object.entries(fields(cves))) {
    if (!isCve(id) || str(name) === '') continue
    const { vulnerable_ranges: ranges, fixed_versions: fixed, severity: word } = fields(flaw)
    const vulnerable = strs(ranges)
    const fixes = strs(fixed)
    const severity = severityOf(word)
    const record: AdvisoryRecord = {
      id,
      source: 'rootio',
      aliases: [],
      status: fixes.length > 0 ? 'fixed' : 'affected',
      intervals: vulnerable.length > 0 ? [] : [{}],
      ...(vulnerable.length > 0 && { vulnerable }),
      ...(fixes.length > 0 && { patched: fixes.map(version => `>= ${version}, <= ${version}`) }),
      ...(severity && { severity }),
    }
    yield { kind: 'record', ecosystem, name: str(name), record }
  }
}
