import type { AdvisoryRecord, FeedItem } from '../../../../base/model/advisory.ts'
import type { Feed } from '../feed.ts'
import { type Fields, fields, list, severityOf, str, strs, unique } from '../fields.ts'

/** Arch Linux security tracker: an array of groups `{ name: "AVG-…", packages, status, severity, affected, fixed, issues: [CVE], advisories: ["ASA-…"] }`. */
export const arch: Feed = {
  id: 'arch',
  title: { en: 'Arch Linux security tracker', ko: '아치 리눅스 보안 추적기' },
  licence: 'MIT',
  homepage: 'https://security.archlinux.org',
  downloads: [{ urls: ['https://security.archlinux.org/all.json'], file: 'arch.json' }],
  detect: file => /^\s*\[\s*\{/.test(file.head) && /"name"\s*:\s*"AVG-\d+"/.test(file.head),
  *parse(file) {
    for (const group of list(file.json()).map(fields)) yield* itemsOf(group)
  },
}

function* itemsOf(group: Fields): Generator<FeedItem> {
  const fixed = str(group.fixed)
  const status = str(group.status).toLowerCase()
  if (status === 'unknown') return
  const notices = unique([...strs(group.name), ...strs(group.advisories)])
  for (const id of strs(group.issues)) {
    const record: AdvisoryRecord = {
      id,
      source: 'arch',
      aliases: notices,
      status: fixed === '' ? 'affected' : 'fixed',
      intervals: [fixed === '' ? {} : { fixed }],
      note: str(group.name),
    }
    if (status === 'not affected') record.status = 'not_affected'
    const severity = severityOf(group.severity)
    if (severity !== undefined) record.severity = severity
    for (const name of strs(group.packages)) yield { kind: 'record', ecosystem: 'Arch Linux', name, record }
  }
}
