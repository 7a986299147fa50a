import type { VersionInterval } from '../../../base/model/advisory.ts'

/**
 * Fixes of one flaw in several streams of one package. Each upstream version has its own: with fixes 3.9.18-3.el9_4.5 and 3.9.19-8.el9,
 * 3.9.18-10.el9_4 is fixed while 3.9.19-1.el9 is not. Of several fixes of one upstream version the latest counts.
 */
export function streamsOf(fixes: string[]): VersionInterval[] {
  const latest = new Map<string, string>()
  for (const fix of fixes.toSorted(byNumbers)) latest.set(upstreamOf(fix), fix)
  const streams = [...latest].sort(([, a], [, b]) => byNumbers(a, b))
  return streams.map(([upstream, fixed], index) => (index === 0 ? { fixed } : { introduced: upstream, fixed }))
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
