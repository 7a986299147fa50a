import type { Judgement } from './judgement.ts'
import type { Lookup, Subject } from './subject.ts'

/**
 * OSV's GIT ranges speak of commits, and list beside them the tags that hold the flaw. Without the repository's history a commit can only be recognised: as
 * where the flaw came in, as its fix. A tag is affected when it is listed; any other commit may lie before, between or behind: that is unknown, not clean.
 */
export function judgeCommit({ package: pkg, ecosystem }: Subject, lookup: Lookup): Judgement {
  const { record } = lookup
  const commit = pkg.extra?.commit?.toLowerCase()
  const listed = new Set(record.versions?.map(plain))
  const fixes = record.intervals.flatMap(one => one.fixed ?? [])
  const tag = ecosystem.versions.compare(pkg.version, pkg.version) === 0 ? plain(pkg.version) : undefined
  const verdict =
    commit !== undefined && fixes.includes(commit)
      ? 'not_vulnerable'
      : (tag !== undefined && listed.has(tag)) || (commit !== undefined && listed.has(commit))
        ? 'vulnerable'
        : tag !== undefined && listed.size > 0
          ? 'not_vulnerable'
          : 'unknown'
  const fixed = fixes.at(-1)
  const judgement: Judgement = {
    ...lookup,
    verdict,
    stated: false,
    status: fixed === undefined ? 'affected' : 'fixed',
    range: record.intervals.map(({ introduced = '', fixed = '' }) => `${introduced}..${fixed}`).join(' '),
  }
  if (fixed !== undefined) judgement.fixed = fixed
  return judgement
}

const plain = (version: string): string => version.toLowerCase().replace(/^v(?=\d)/, '')
