import type { Report } from '../base/model/report.ts'
import type { ScanOptions, ScanTarget } from './options.ts'
import { scan } from './scan.ts'

/** One place where a rule of secrets or malware, or a licence, was found. */
export interface ExplainedPlace {
  kind: 'secret' | 'malware' | 'license'
  /** With the line where there is one. */
  place: string
  /** `reported`, or the reason under Suppressed. */
  outcome: string
  /** Whose word suppressed it, and what it says. */
  by?: string
  statement?: string
  severity?: string
  /** What matched, the secret masked; of malware, the rule's title. */
  match?: string
  layer?: string
  removedIn?: string
}

export interface ContentExplanation {
  /** A rule's id or a licence's name. */
  id: string
  places: ExplainedPlace[]
  incomplete: Report['Incomplete']
}

/** Where a target holds what a rule of secrets or malware finds, or a licence, and why each is reported or not. Throws as `scan` does. */
export async function explainContent(
  id: string,
  target: ScanTarget,
  options: ScanOptions = {},
): Promise<ContentExplanation> {
  return explainContentIn(id, await scan(target, { ...options, scanners: ['secret', 'malware', 'license'] }))
}

/** The pure half. */
export function explainContentIn(id: string, report: Report): ContentExplanation {
  const isIt = (name: string): boolean => name.toLowerCase() === id.toLowerCase()
  const places = report.Results.flatMap(({ Target, Secrets = [], Malware = [], Licenses = [] }): ExplainedPlace[] => [
    ...Secrets.filter(({ RuleID }) => isIt(RuleID)).map(found => ({
      ...reported('secret', `${Target}:${found.StartLine}`, found),
      match: found.Match,
      ...(found.RemovedIn && { removedIn: digestOf(found.RemovedIn) }),
    })),
    ...Malware.filter(({ Rule }) => isIt(Rule)).map(found => ({
      ...reported('malware', Target, found),
      match: found.Title,
    })),
    ...Licenses.filter(({ Name }) => isIt(Name)).map(found =>
      reported('license', [found.FilePath, found.PkgName].filter(Boolean).join(': '), found),
    ),
  ])
  const left = report.Suppressed.filter(one => one.Class !== undefined && isIt(one.VulnerabilityID)).map(
    (one): ExplainedPlace => ({
      kind: one.Class!,
      place: one.PkgName,
      outcome: one.Reason,
      by: one.Source,
      ...(one.Statement && { statement: one.Statement }),
    }),
  )
  return { id, places: [...places, ...left], incomplete: report.Incomplete }
}

interface Layered {
  Severity: string
  Layer?: { DiffID?: string; Digest?: string }
}

function reported(kind: ExplainedPlace['kind'], place: string, { Severity, Layer }: Layered): ExplainedPlace {
  const layer = Layer && digestOf(Layer)
  return { kind, place, outcome: 'reported', severity: Severity, ...(layer && { layer }) }
}

function digestOf({ DiffID, Digest }: { DiffID?: string; Digest?: string }): string {
  return DiffID ?? Digest ?? ''
}
