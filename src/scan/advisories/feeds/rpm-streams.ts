import type { VersionInterval } from '../../../base/model/advisory.ts'

/**
 * Fixes of one flaw in several streams of one package. Each upstream version has its own: with fixes 3.9.18-3.el9_4.5 and 3.9.19-8.el9,
 * 3.9.18-10.el9_4 is fixed while 3.9.19-1.el9 is not. Of one upstream version each minor release has its own too (7.76.1-23.el9_2.4, 7.76.1-26.el9_3.2), which the
 * matcher takes by the package's; of several fixes of one minor release the latest counts.
 */
export function streamsOf(fixes: string[]): VersionInterval[] {
  const latest = new Map<string, string>()
  for (const fix of fixes.toSorted(byNumbers)) latest.set(`${upstreamOf(fix)} ${minorOf(fix)}`, fix)
  const streams = [...latest.values()].sort(byNumbers)
  const lowest = upstreamOf(streams[0] ?? '')
  return streams.map(fixed => (upstreamOf(fixed) === lowest ? { fixed } : { introduced: upstreamOf(fixed), fixed }))
}

/** `el9_4` of `3.9.18-3.el9_4.5`; '' for builds that are of no minor release. */
function minorOf(version: string): string {
  return /\.(el\d+_\d+)(?:[.+]|$)/.exec(version)?.[1] ?? ''
}

/** The first of some versions of one package. */
export function lowestOf(versions: string[]): string | undefined {
  return versions.toSorted(byNumbers)[0]
}

/** `epoch:version` without the release. */
function upstreamOf(version: string): string {
  const dash = version.lastIndexOf('-')
  return dash < 0 ? version : version.slice(0, dash)
}

/** Good enough to order the fixes of one package: epochs first, then numbers as numbers. */
function byNumbers(a: string, b: string): number {
  const epoch = (version: string) => Number(/^(\d+):/.exec(version)?.[1] ?? 0)
  return epoch(a) - epoch(b) || a.localeCompare(b, 'en', { numeric: true })
}
