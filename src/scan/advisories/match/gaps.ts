import type { Advisories } from '../../../base/model/advisory.ts'
import type { Incomplete } from '../../../base/model/inventory.ts'
import type { Package } from '../../../base/model/package.ts'
import type { Subject } from './subject.ts'
import type { Verdict } from './verdict.ts'

const shown = 3

/** What could not be judged, collected so that one cause is one entry: "no advisories" is not "no vulnerabilities". */
export class Gaps {
  private readonly advisories: Advisories
  private readonly uncovered = new Map<string, number>()
  private readonly versions = new Map<string, { pkg: Package; ids: string[] }>()

  constructor(advisories: Advisories) {
    this.advisories = advisories
  }

  /** Counts a subject whose sources the database does not have. */
  seen(subject: Subject): void {
    if (subject.sources.some(name => this.advisories.covers(name))) return
    const os = subject.ecosystem.class === 'os-pkgs'
    // Where nobody publishes advisories (Terraform, Nix …) none are missing: docs/en/coverage.md says which.
    if (!os && subject.sources.length === 0) return
    const { distro } = subject
    const name = os
      ? distro
        ? `${distro.family} ${distro.version}`.trim()
        : `${subject.ecosystem.type} packages without a distribution`
      : subject.ecosystem.type
    this.count(name)
  }

  unknownType(pkg: Package): void {
    this.count(pkg.type)
  }

  uncompared(subject: Subject, verdict: Verdict): void {
    const entry = this.versions.get(subject.package.id) ?? { pkg: subject.package, ids: [] }
    entry.ids.push(verdict.flaw.ids[0] as string)
    this.versions.set(subject.package.id, entry)
  }

  list(): Incomplete[] {
    const none = [...this.uncovered].map(
      ([path, count]): Incomplete => ({ path, code: 'no_advisories', detail: `${count} packages` }),
    )
    const unknown = [...this.versions.values()].map(({ pkg, ids }): Incomplete => {
      const more = ids.length > shown ? ` and ${ids.length - shown} more` : ''
      const version = pkg.version === '' ? 'no version is stated' : `version ${pkg.version} cannot be compared`
      return {
        path: pkg.purl || pkg.path,
        code: 'version_unknown',
        detail: `${version}: ${ids.slice(0, shown).join(', ')}${more}`,
      }
    })
    return [...none, ...unknown]
  }

  private count(name: string): void {
    this.uncovered.set(name, (this.uncovered.get(name) ?? 0) + 1)
  }
}
