import type { Package } from '../../../base/model/package.ts'
import type { Judgement } from './judge.ts'
import type { Lookup, Subject } from './subject.ts'

/** The ecosystem under which records about repositories stand, by `host/owner/name`. */
export const gitEcosystem = 'GIT'

/**
 * The repository that a package was taken from, where it was taken from one and not from a registry: `github.com/owner/name`. Actions are; others say
 * a commit and the address it was resolved from.
 */
export function repositoryOf({ type, name, extra }: Pick<Package, 'type' | 'name' | 'extra'>): string | undefined {
  if (type === 'github') return `github.com/${name.split('/').slice(0, 2).join('/')}`.toLowerCase()
  return extra?.commit && extra.resolved ? repositoryName(extra.resolved) : undefined
}

/** `https://github.com/Owner/Name.git`, `git+ssh://git@host/owner/name#ref`, `git@host:owner/name` → `host/owner/name`. */
export function repositoryName(address: string): string | undefined {
  const match =
    /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^@/\s]{1,200}@)?([\w.-]{1,200})(?::\d{1,5})?\/([^\s?#]{1,400})/i.exec(
      address,
    ) ?? /^[\w-]{1,50}@([\w.-]{1,200}):([^\s?#]{1,400})/.exec(address)
  const path = match?.[2]?.replace(/\/+$/, '').replace(/\.git$/, '')
  return match && path ? `${match[1]}/${path}`.toLowerCase() : undefined
}

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
