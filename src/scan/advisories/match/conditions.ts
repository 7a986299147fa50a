import type { AdvisoryRecord } from '../../../base/model/advisory.ts'
import type { Lookup, Subject } from './subject.ts'

/** Why a record does not speak of this package although the name is right; undefined when it does. */
export type Irrelevance = 'architecture' | 'module' | 'slot' | 'flavour' | 'release' | 'content' | 'no_statement'

/** The conditions under which a record applies, beyond name and version. Each follows a vendor's own practice, said at its function. */
export function irrelevance(subject: Subject, lookup: Lookup): Irrelevance | undefined {
  const { record } = lookup
  if (!archMatches(record, subject.package.arch)) return 'architecture'
  if (subject.ecosystem.type === 'rpm') {
    if (!moduleMatches(subject, record)) return 'module'
    if (subject.family?.family === 'oracle' && !flavourMatches(record, lookup.version)) return 'flavour'
    if (!cloudMatches(record, lookup.version)) return 'flavour'
    if (!releaseMatches(subject, record)) return 'release'
    if (!contentMatches(subject, record)) return 'content'
  }
  if (subject.ecosystem.type === 'ebuild' && !slotMatches(subject, record)) return 'slot'
  const statesNothing =
    subject.family?.statesUnfixed === false &&
    record.status === 'affected' &&
    record.intervals.every(one => !one.fixed && !one.lastAffected)
  return statesNothing && !record.vulnerable && !record.versions && !record.patched ? 'no_statement' : undefined
}

const archNames = new Map([
  ['amd64', 'x86_64'],
  ['arm64', 'aarch64'],
  ['ppc64el', 'ppc64le'],
  ['i386', 'i686'],
])

function archMatches(record: AdvisoryRecord, arch: string | undefined): boolean {
  if (!record.arches || record.arches.length === 0 || !arch || arch === 'noarch' || arch === 'all') return true
  const wanted = archNames.get(arch) ?? arch
  return record.arches.some(one => (archNames.get(one) ?? one) === wanted || one === 'noarch')
}

/** Gentoo installs several lines of one package beside each other; `3.2/3.2.1` is slot 3.2. Of a package whose slot is not known any may be meant. */
function slotMatches({ package: pkg }: Subject, { module: slot }: AdvisoryRecord): boolean {
  const own = pkg.extra?.slot?.split('/', 1)[0]
  return slot === undefined || own === undefined || slot === `slot:${own}`
}

/** `httpd:2.4:8030020201105:9edba152` → `httpd:2.4`. */
function stream(label: string): string {
  return label.split(':').slice(0, 2).join(':')
}

/**
 * Modularity: a record for `httpd:2.4` speaks of packages with that label. A modular build (`.module+el8…`) whose label is not known may be of any
 * stream: Red Hat's records are then believed, since missing one is worse; "not affected" is not, as it would hide. AlmaLinux leaves the label out
 * of packages it did not build as modules, so there such a package is not judged by module records. A package that is of no module (ruby 3.0.4-160.el9_0) is not judged by a module's
 * fix (3.3.1-2.module+el9.4.0) either, in feeds that leave out the module's name.
 */
function moduleMatches(subject: Subject, record: AdvisoryRecord): boolean {
  const { module: label, version } = subject.package
  const modular = /\.module[+_]/.test(version)
  if (label)
    return record.module
      ? stream(record.module) === stream(label)
      : !plainFix(record) && sameLine(label, record, version)
  if (subject.family?.family === 'alma' && modular) return false
  if (!record.module) return modular || !moduleFix(record)
  // Red Hat labels all that it builds as modules: what says that it has no label is of none, whatever its release looks like.
  if (label === '' && subject.family?.family === 'redhat') return false
  return modular && record.status !== 'not_affected'
}

/**
 * A feed may leave a module's name out. The stream mostly is the beginning of the version (`mariadb:10.3`, 10.3.28): where it is the package's,
 * a fix in another line (10.5.13) is another stream's.
 */
function sameLine(label: string, record: AdvisoryRecord, version: string): boolean {
  const line = `${stream(label).split(':')[1] ?? ''}.`
  const upstream = (text: string) => text.replace(/^\d+:/, '')
  const fixes = record.intervals.flatMap(one => one.fixed ?? [])
  if (!/^\d/.test(line) || !upstream(version).startsWith(line) || fixes.length === 0) return true
  return fixes.some(fix => upstream(fix).startsWith(line))
}

/** Fixed by a build that is no module's: says nothing about module builds. */
function plainFix(record: AdvisoryRecord): boolean {
  const fixes = record.intervals.flatMap(one => (one.fixed ? [one.fixed] : []))
  return fixes.length > 0 && fixes.every(fix => fix !== '0' && !/\.module[+_]/.test(fix))
}

function moduleFix(record: AdvisoryRecord): boolean {
  const fixes = record.intervals.flatMap(one => (one.fixed ? [one.fixed] : []))
  return fixes.length > 0 && fixes.every(fix => /\.module[+_]/.test(fix))
}

/**
 * Oracle's ksplice and FIPS builds are lines of their own: their versions compare only with fixes of the same kind. So are the releases of its kernel, several of which are maintained
 * for one release of the system (UEK 6: 5.4.17, UEK 7: 5.15.0), each by errata of its own.
 */
function flavourMatches(record: AdvisoryRecord, version: string): boolean {
  const fixes = record.intervals.flatMap(one => (one.fixed ? [one.fixed] : []))
  return fixes.length === 0 || fixes.some(fix => flavour(fix) === flavour(version))
}

/** The kernel that Rocky's cloud group builds (`4.18.0-425.10.1.el8_7.cloud`, RXSA errata) goes to its own images alone. */
function cloudMatches(record: AdvisoryRecord, version: string): boolean {
  const fixes = record.intervals.flatMap(one => (one.fixed ? [one.fixed] : []))
  const cloud = (text: string) => /\.el\d+(?:_\d+)?\.cloud$/.test(text)
  return fixes.length === 0 || !fixes.every(cloud) || cloud(version)
}

function flavour(version: string): string {
  if (/\.ksplice\d/.test(version)) return 'ksplice'
  const kernel = /^(?:\d+:)?(\d+\.\d+)\..*\.el\d+uek/.exec(version)?.[1]
  return kernel === undefined ? (/_fips$/.test(version) ? 'fips' : '') : `uek ${kernel}`
}

/** A fix built for another major release (`.el7` on el8) belongs to that release; feeds that do not say the release mix them. */
function releaseMatches(subject: Subject, record: AdvisoryRecord): boolean {
  const major = /\.el(\d+)/.exec(subject.package.version)?.[1] ?? /^\d+/.exec(subject.distro?.version ?? '')?.[0]
  const fixes = record.intervals.flatMap(one => /\.(?:module[+_])?el(\d+)/.exec(one.fixed ?? '')?.[1] ?? [])
  const elFamily = ['redhat', 'centos', 'alma', 'rocky'].includes(subject.family?.family ?? '')
  return !elFamily || major === undefined || fixes.length === 0 || fixes.includes(major)
}

/** Red Hat's records are for products. When the image tells its CPEs, one must be the record's; else its major release must be. */
function contentMatches(subject: Subject, record: AdvisoryRecord): boolean {
  const wanted = record.cpes?.filter(cpe => cpe.startsWith('cpe:'))
  if (!wanted || wanted.length === 0) return true
  const have = subject.distro?.cpes ?? []
  if (have.length > 0) return wanted.some(cpe => have.some(own => sameProduct(cpe, own)))
  const major = /^\d+/.exec(subject.distro?.version ?? '')?.[0]
  const versions = wanted.flatMap(cpe => /:(?:enterprise_linux|rhel_[a-z0-9]+):(\d+)/.exec(cpe)?.[1] ?? [])
  return major === undefined || versions.length === 0 || versions.includes(major)
}

/** `cpe:/o:redhat:enterprise_linux:8::baseos` and `cpe:2.3:o:redhat:enterprise_linux:8:*:baseos…`: part, vendor, product and version alike. */
function sameProduct(a: string, b: string): boolean {
  const parts = (cpe: string) =>
    cpe
      .replace(/^cpe:(?:2\.3:|\/)/, '')
      .split(':')
      .slice(0, 4)
  const [left, right] = [parts(a), parts(b)]
  return [1, 2, 3].every(i => !left[i] || !right[i] || left[i] === right[i] || right[i]?.startsWith(`${left[i]}.`))
}
