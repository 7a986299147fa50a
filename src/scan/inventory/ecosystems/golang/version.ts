import type { VersionScheme } from '../../../../base/model/ecosystem.ts'
import { satisfiesExpression } from '../../versions/expression.ts'
import { compareSemver } from '../../versions/semver.ts'

/** `v0.0.0-20210101000000-abcdefabcdef`: a commit of a repository without an earlier tag (Go modules reference, "Pseudo-versions"). */
const untagged = /^v?0\.0\.0-(?:0\.)?\d{14}-[0-9a-f]{12}/
const toolchain = /^(?:go)?(\d+(?:\.\d+)*)(beta|rc)(\d+)/

/**
 * Go's module versions: SemVer with `v` before and `+incompatible` behind; `go1.21rc2` of the toolchain is read as 1.21-rc.2.
 * `(devel)` and other words cannot be compared. A commit without a tag comes before every tag of major 0 and 1, but says nothing about
 * major 2 and up: those belong to another module path, or to `+incompatible` tags that the commit may well follow.
 */
export const versions: VersionScheme = {
  compare(left, right) {
    const a = normalize(left)
    const b = normalize(right)
    if (untagged.test(a) !== untagged.test(b) && (major(a) > 1 || major(b) > 1)) return undefined
    return compareSemver(a, b)
  },
  satisfies: (version, range) => satisfiesExpression(version, range, { compare: versions.compare }),
}

function normalize(version: string): string {
  const code = version.charCodeAt(0)
  if (code === 118 && !version.includes(' ')) return version
  const word = version.trim().split(' ', 1)[0] ?? ''
  return word.replace(toolchain, '$1-$2.$3').replace(/^go(?=\d)/, '')
}

const major = (version: string): number =>
  Number.parseInt(version.charCodeAt(0) === 118 ? version.slice(1) : version, 10)
