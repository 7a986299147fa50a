import type { Package } from '../../../base/model/package.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'
import type { Verdict } from './verdict.ts'

/** What was said of a package, whatever image it stands in. */
export interface Remembered {
  verdicts: Verdict[]
  /** Findings already made of them, without their package's place. */
  findings: Map<Verdict, Finding>
}

/**
 * Verdicts kept from one inventory to the next: images share most of their packages. Good for one opening of the advisories, one day and one order of severities; of a flaw that was told once
 * the long texts are not kept. The least recently used go.
 */
export interface VerdictMemo {
  of(subject: Subject, judge: () => Verdict[]): Remembered
}

/** Two halves of so many packages: when the young one is full, the old one goes. */
const half = 4000
const longestKey = 4000

export function createMemo(): VerdictMemo {
  let young = new Map<string, Remembered>()
  let old = new Map<string, Remembered>()
  return {
    of(subject, judge) {
      const key = keyOf(subject)
      const known = young.get(key) ?? old.get(key)
      const remembered = known ?? { verdicts: judge(), findings: new Map() }
      if (key.length > longestKey || young.has(key)) return remembered
      if (young.size >= half) {
        old = young
        young = new Map()
      }
      young.set(key, remembered)
      return remembered
    },
  }
}

/** All that verdicts depend on: the package but for where it stands, and whom to ask. */
function keyOf({ package: pkg, sources, distro, thirdParty }: Subject): string {
  const { id: _id, path: _path, lines: _lines, layer: _layer, files: _files, ...rest } = pkg
  const { licenses: _licenses, dependsOn: _needs, relationship: _relation, ownedBy: _owner, ...facts } = rest
  return JSON.stringify([facts satisfies Partial<Package>, sources, thirdParty, distro])
}

/** A finding as it is kept: the texts are needed once. */
export function withoutTexts(finding: Finding): Finding {
  const { details } = finding
  return details ? { ...finding, details: { ...details, description: '', references: [] } } : finding
}
