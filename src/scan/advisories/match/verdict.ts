import type { VersionScheme } from '../../../base/model/ecosystem.ts'
import type { Flaw } from './flaws.ts'
import type { Judgement } from './judgement.ts'
import type { Subject } from './subject.ts'

/** What all records together say about one flaw of one package. */
export interface Verdict {
  flaw: Flaw
  verdict: 'vulnerable' | 'not_vulnerable' | 'unknown'
  /** The judgement that decided; its record is the evidence. */
  by: Judgement
  /** The fix to report: the latest of those that apply. */
  fixed?: string
  /** A vulnerable judgement that the deciding one overruled: shown as suppressed. */
  overruled?: Judgement
}

/**
 * The first source that has a word decides: a vendor's "not affected" or "fixed here" silences the sources behind it.
 * Within one source: an outright "not affected" wins, then the record of the package's own stream, then any that calls it vulnerable.
 */
export function decide(subject: Subject, flaw: Flaw): Verdict {
  const ranks = [...new Set(flaw.judgements.map(one => one.rank))].sort((a, b) => a - b)
  let unknown: Judgement | undefined
  for (const rank of ranks) {
    const words = flaw.judgements.filter(one => one.rank === rank)
    const by = decideAlone(subject, words)
    if (by.verdict === 'unknown') {
      unknown ??= by
      continue
    }
    return withFix(subject, { flaw, verdict: by.verdict, by }, words)
  }
  return { flaw, verdict: 'unknown', by: unknown ?? (flaw.judgements[0] as Judgement) }
}

function decideAlone(subject: Subject, words: Judgement[]): Judgement {
  const stated = words.find(one => one.stated)
  if (stated) return stated
  const own = ofOwnStream(subject, words)
  return (
    own.find(one => one.verdict === 'vulnerable') ?? own.find(one => one.verdict === 'unknown') ?? (own[0] as Judgement)
  )
}

function withFix(subject: Subject, verdict: Verdict, words: Judgement[]): Verdict {
  if (verdict.verdict === 'not_vulnerable') {
    const overruled = verdict.flaw.judgements.find(
      one => one.verdict === 'vulnerable' && (verdict.by.stated || one.rank !== verdict.by.rank),
    )
    return overruled ? { ...verdict, overruled } : verdict
  }
  const own = ofOwnStream(subject, words).filter(one => one.verdict === 'vulnerable')
  const fixed = latest(
    own.flatMap(one => one.fixed ?? []),
    subject.ecosystem.versions,
  )
  if (fixed === undefined) return verdict
  const by = own.find(one => one.fixed === fixed) ?? verdict.by
  return { ...verdict, by, fixed }
}

/**
 * One record with several fixes: parallel lines, of which the package's own minor (`.el9_4`) is the one to compare with, where it is there;
 * and of one erratum's several builds of a package the lowest already has the fix. Fixes of several errata follow each other: a later one repairs an earlier.
 */
function ofOwnStream(subject: Subject, words: Judgement[]): Judgement[] {
  if (subject.ecosystem.type !== 'rpm' || words.length < 2) return words
  const tag = distTag(subject.package.version)
  const minor = tag !== undefined && /_\d+$/.test(tag)
  return words.filter(one => {
    const siblings = words.filter(other => other !== one && other.record.id === one.record.id && other.as === one.as)
    const own = (judgement: Judgement) => fixes(judgement).some(fix => distTag(fix) === tag)
    if (minor && !own(one) && siblings.some(own)) return false
    return (
      one.verdict !== 'vulnerable' ||
      !siblings.some(other => other.verdict === 'not_vulnerable' && oneErratum(one, other))
    )
  })
}

function fixes(judgement: Judgement): string[] {
  return judgement.record.intervals.flatMap(one => one.fixed ?? [])
}

/** `el9_4` of `3.9.18-3.el9_4.5`. */
function distTag(version: string): string | undefined {
  return /\.(el\d+(?:_\d+)?)(?:[.+]|$)/.exec(version)?.[1]
}

function oneErratum(a: Judgement, b: Judgement): boolean {
  return !a.record.id.startsWith('CVE-') && a.record.module === b.record.module && startsAtZero(a) && startsAtZero(b)
}

function startsAtZero({ record }: Judgement): boolean {
  return record.intervals.every(one => !one.introduced || one.introduced === '0')
}

function latest(versions: string[], scheme: VersionScheme): string | undefined {
  let best: string | undefined
  for (const version of versions) if (best === undefined || scheme.compare(version, best) === 1) best = version
  return best
}
