import type { Package } from '../../../base/model/package.ts'
import type { Finding, Remembered, VerdictMemo } from './finding.ts'
import type { Subject } from './subject.ts'

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
