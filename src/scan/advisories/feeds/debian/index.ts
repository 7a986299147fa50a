import type { Feed } from '../feed.ts'
import { parseErrata } from './errata.ts'
import { parseCveList } from './list.ts'
import { parseTracker } from './tracker.ts'

/** Debian's security tracker: the JSON export, and the text files it is made from (data/CVE/list, data/DSA/list, data/DLA/list). */
export const debian: Feed = {
  id: 'debian',
  title: { en: 'Debian security tracker', ko: '데비안 보안 추적기' },
  licence: 'none stated',
  homepage: 'https://security-tracker.debian.org',
  downloads: [{ urls: ['https://security-tracker.debian.org/tracker/data/json'], file: 'debian.json' }],
  detect: file => trackerHead.test(file.head) || isCveList(file.head) || isErrataList(file.head),
  parse: file => {
    if (trackerHead.test(file.head)) return parseTracker(file)
    return isErrataList(file.head) ? parseErrata(file.text()) : parseCveList(file.text())
  },
}

/** `{"package": {"CVE-…": {`, as no other feed begins. */
const trackerHead =
  /^\s*\{\s*"[^"{}]{1,200}"\s*:\s*\{\s*"(?:CVE|TEMP)-\d[^"]*"\s*:\s*\{\s*"(?:description|scope|releases|debianbug)"/
const isCveList = (head: string) =>
  /^(?:CVE|TEMP)-\d+-\S+(?: [([].*)?$/m.test(head) && /^\t(?:\[[a-z]+\] )?- \S/m.test(head)
const isErrataList = (head: string) => /^\[\d{1,2} \w{3} \d{4}\] D(?:SA|LA|TSA)-\d+/.test(head)
