import type { FeedItem } from '../../../base/model/advisory.ts'
import type { Distro } from '../../../base/model/distro.ts'
import type { Inventory } from '../../../base/model/inventory.ts'
import type { Package } from '../../../base/model/package.ts'
import { memoryAdvisories } from '../store/memory.ts'
import type { MatchOptions, MatchResult } from './finding.ts'
import { match } from './match.ts'

/** `name version`, with what matters of the rest. */
export function pkg(type: string, name: string, version: string, over: Partial<Package> = {}): Package {
  const purl = `pkg:${type}/${name}@${version}`
  return {
    id: purl,
    name,
    version,
    type,
    purl,
    foundBy: type,
    path: `where/${name}`,
    licenses: [],
    dependsOn: [],
    ...over,
  }
}

/** `debian 12.5` → a distribution. */
export function distro(text: string, over: Partial<Distro> = {}): Distro {
  const [family = '', ...version] = text.split(' ')
  return { family, version: version.join(' '), release: {}, ...over }
}

export function inventory(os: Distro | undefined, packages: Package[]): Inventory {
  const artifact = { name: 'test', type: 'rootfs' as const, repoTags: [], repoDigests: [], layers: [], size: 0 }
  const all: Inventory = { artifact, packages, incomplete: [], timing: {} }
  if (os) all.os = os
  return all
}

export function matched(
  os: Distro | undefined,
  packages: Package[],
  items: FeedItem[],
  options: MatchOptions = {},
): MatchResult {
  return match(inventory(os, packages), memoryAdvisories(items), { now: new Date('2024-06-01T00:00:00Z'), ...options })
}

/**
 * A result on one line, sorted: `CVE-1` found without a fix, `CVE-1<2.0` found with it, `~CVE-1 reason` suppressed, `!code` incomplete.
 */
export function summary({ findings, suppressed, incomplete }: MatchResult): string {
  return [
    ...findings.map(one => one.id + (one.fixedVersion === undefined ? '' : `<${one.fixedVersion}`)).sort(),
    ...suppressed.map(one => `~${one.VulnerabilityID} ${one.Reason}`).sort(),
    ...incomplete.map(one => `!${one.code}`).sort(),
  ].join(' ')
}
