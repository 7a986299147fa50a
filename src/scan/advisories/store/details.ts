import type { AdvisoryDetails } from '../../../base/model/advisory.ts'

/** Several sources' texts about one flaw as one: the id's own entry leads, missing fields come from the others, lists are joined. */
export function mergeDetails(id: string, found: AdvisoryDetails[]): AdvisoryDetails | undefined {
  const sorted = [...found].sort((a, b) => rank(a, id) - rank(b, id))
  const first = sorted[0]
  if (!first || sorted.length === 1) return first
  const said = <T>(pick: (details: AdvisoryDetails) => T) =>
    sorted.map(pick).find(value => value !== undefined && value !== '')
  const merged: AdvisoryDetails = {
    id: first.id,
    aliases: union(sorted.flatMap(one => [one.id, ...one.aliases])).filter(alias => alias !== first.id),
    title: said(one => one.title) ?? '',
    description: said(one => one.description) ?? '',
    severities: Object.assign(Object.create(null), ...[...sorted].reverse().map(one => one.severities)),
    cvss: uniqueBy(
      sorted.flatMap(one => one.cvss),
      score => `${score.source} ${score.vector}`,
    ),
    cwes: union(sorted.flatMap(one => one.cwes)),
    references: union(sorted.flatMap(one => one.references)),
  }
  const published = said(one => one.published)
  const modified = sorted
    .map(one => one.modified ?? '')
    .sort()
    .at(-1)
  if (published) merged.published = published
  if (modified) merged.modified = modified
  return merged
}

function union(texts: string[]): string[] {
  return [...new Set(texts)]
}

function uniqueBy<T>(items: T[], key: (item: T) => string): T[] {
  return [...new Map(items.map(item => [key(item), item])).values()]
}

/** Whose text leads: the id's own, then other names of the flaw, then what speaks of one vendor's package (errata; Azure Linux, by its fixed phrase). */
function rank({ id, title }: AdvisoryDetails, asked: string): number {
  if (/^CVE-\S+ affecting package /.test(title)) return 4
  if (id === asked) return 0
  if (/^(?:GHSA|CVE)-/.test(id)) return 1
  return /^(?:GO|PYSEC|RUSTSEC|BIT)-/.test(id) ? 2 : 3
}
