import type { FeedItem } from '../../../../base/model/advisory.ts'
import { cvesIn } from '../fields.ts'

/**
 * data/DSA/list and data/DLA/list:
 *
 *     [29 Mar 2023] DSA-5380-1 xorg-server - security update
 *     \t{CVE-2023-1393}
 *     \t[bullseye] - xorg-server 2:1.20.11-1+deb11u6
 *
 * One record a CVE, since each is a flaw of its own; an erratum without CVEs stands under its own id.
 */
export function* parseErrata(text: string): Generator<FeedItem> {
  let id = ''
  let cves: string[] = []
  for (const line of text.split('\n')) {
    const head = /^\[[^\]]+\] (D(?:SA|LA|TSA)-\S+)/.exec(line)
    if (head !== null) {
      id = head[1]!
      cves = []
    } else if (line.startsWith('\t{')) cves = cvesIn(line)
    const fix = /^\t\[([a-z]+)\] - (\S+) (\S+)/.exec(line)
    if (fix === null || id === '') continue
    const [, release, name, version] = fix as unknown as [string, string, string, string]
    if (version.startsWith('<')) continue
    for (const flaw of cves.length > 0 ? cves : [id]) {
      const record = {
        id: flaw,
        source: 'debian',
        aliases: flaw === id ? [] : [id],
        status: 'fixed' as const,
        intervals: [{ fixed: version }],
        note: id,
      }
      yield { kind: 'record', ecosystem: `Debian:${release}`, name, record }
    }
  }
}
