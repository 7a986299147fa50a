import type { Advisories } from '../../../base/model/advisory.ts'
import type { Package } from '../../../base/model/package.ts'
import type { Subject } from './subject.ts'
import type { Verdict } from './verdict.ts'

/** An OS package that owns files in which language packages were found, already judged. */
export interface Owner {
  subject: Subject
  /** By every id of the flaw. */
  verdicts: Map<string, Verdict>
}

/** Why a language package's finding is left to the OS package that owns its file; undefined when it is not. */
export interface Deference {
  reason:
    | 'owned_by_os_package'
    | 'not_affected'
    | 'third_party_package'
    | 'kernel_headers'
    | 'minimum_version'
    | 'not_linked'
  source: string
  statement: string
}

/**
 * A distribution patches what it ships without changing the version that the language's own metadata states. So its word on its own package counts:
 * always where it speaks of the flaw, and by its silence too where its feed states all that it knows of. Packages of third parties
 * (docker.com, nodesource …) have no such word.
 */
export function deference(owner: Owner | undefined, verdict: Verdict, advisories: Advisories): Deference | undefined {
  if (!owner || owner.subject.thirdParty) return undefined
  const own = verdict.flaw.ids
    .map(id => owner.verdicts.get(id))
    .find(known => known !== undefined && known.verdict !== 'unknown')
  const { package: pkg, family } = owner.subject
  const named = `${pkg.name} ${pkg.version}`
  if (own) {
    const says = own.verdict === 'vulnerable' ? 'reported there' : own.by.stated ? 'not affected' : 'fixed there'
    return {
      reason: own.verdict === 'vulnerable' ? 'owned_by_os_package' : 'not_affected',
      source: `${own.by.record.source}: ${own.by.record.id}`,
      statement: `${named}: ${says}`,
    }
  }
  const covered = owner.subject.sources.some(name => advisories.covers(name))
  if (!family?.complete || !covered || advisories.info.starter) return undefined
  return {
    reason: 'owned_by_os_package',
    source: owner.subject.sources[0] ?? family.family,
    statement: `${named} owns the file; the distribution lists no such flaw`,
  }
}

/** Why an advisory that fits an OS package by name is not about what is in it; undefined when it is. */
export function notItsOwn({ thirdParty, package: pkg }: Subject, { by }: Verdict): Deference | undefined {
  const source = `${by.record.source}: ${by.record.id}`
  if (thirdParty)
    return { reason: 'third_party_package', source, statement: 'the package is not the distribution’s own' }
  if (by.as !== 'source' || !kernelHeaders.test(pkg.name) || !/^(?:linux|kernel)(?:-|$)/.test(by.name)) return undefined
  return {
    reason: 'kernel_headers',
    source,
    statement: 'the advisory is about the kernel; the package holds its headers alone',
  }
}

/**
 * The `go` and `toolchain` lines of go.mod say which toolchain is the oldest that will do, not the one that builds. What did build stands in the program.
 */
export function notWhatBuilds({ package: pkg }: Subject, { by }: Verdict): Deference | undefined {
  if (pkg.type !== 'golang' || pkg.name !== 'stdlib' || pkg.foundBy !== 'gomod') return undefined
  return {
    reason: 'minimum_version',
    source: `${by.record.source}: ${by.record.id}`,
    statement: 'go.mod states the oldest toolchain that will do; the program states the one that built it',
  }
}

/**
 * Go's own database says which packages of a module hold a flaw, a program's table of functions which are in it: with none of them linked the flaw is not there,
 * whoever else reports the module. Records that name no packages leave it open, and so does a program whose table could not be read.
 */
export function notLinked({ package: pkg }: Subject, { flaw }: Verdict): Deference | undefined {
  const linked = pkg.extra?.linkedPackages
  if (pkg.type !== 'golang' || linked === undefined) return undefined
  const inside = new Set(linked.split(' '))
  const naming = flaw.judgements.filter(one => one.verdict === 'vulnerable' && one.record.imports?.length)
  const [first] = naming
  if (!first || naming.some(one => one.record.imports?.some(path => inside.has(path)))) return undefined
  const paths = [...new Set(naming.flatMap(one => one.record.imports ?? []))]
  return {
    reason: 'not_linked',
    source: `${first.record.source}: ${first.record.id}`,
    statement: `not linked into the program: ${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ' …' : ''}`,
  }
}

/** Debian and Ubuntu: `linux-libc-dev`, `linux-headers-6.1.0-18-amd64`, `linux-aws-headers-…`; RPM: `kernel-headers`. */
const kernelHeaders = /^(?:linux-libc-dev(?:-.*)?|linux-(?:[a-z0-9.]+-)*headers-.*|kernel-headers)$/

/** The judged owners by package id. */
export function ownerOf(pkg: Package, owners: Map<string, Owner>): Owner | undefined {
  return pkg.ownedBy === undefined ? undefined : owners.get(pkg.ownedBy)
}
