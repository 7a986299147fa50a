import type { FeedItem } from '../../../../base/model/advisory.ts'
import { type Fields, fields, isCve, list, str, strs } from '../fields.ts'

/**
 * secdb (https://gitlab.alpinelinux.org/alpine/security/secdb): `{ distroversion, reponame, packages: [{ pkg: { name, secfixes: { version: [ids] } } }] }`.
 * Version "0" says the package was never affected; one string may hold several ids and remarks.
 */
export function* parseSecdb(secdb: Fields, path: string): Generator<FeedItem> {
  const { ecosystem, source } = publisher(secdb)
  if (ecosystem === '') {
    yield { kind: 'problem', path, detail: 'secdb of no known distribution' }
    return
  }
  for (const entry of list(secdb.packages)) {
    const { name, secfixes } = fields(fields(entry).pkg)
    if (str(name) === '') continue
    for (const [version, flaws] of Object.entries(fields(secfixes))) {
      for (const [id, note] of new Map(strs(flaws).flatMap(idsIn))) {
        const fixed = version.trim()
        const said = fixed === '0' ? never : { status: 'fixed' as const, intervals: [{ fixed }] }
        const record = { id, source, aliases: [], ...said, ...(note && { note }) }
        yield { kind: 'record', ecosystem, name: str(name), record }
      }
    }
  }
}

const never = { status: 'not_affected' as const, intervals: [{}] }

function publisher(secdb: Fields): { ecosystem: string; source: string } {
  const url = `${str(secdb.urlprefix)} ${str(secdb.apkurl)}`
  const host = hosts.find(([pattern]) => pattern.test(url))
  if (host !== undefined) return { ecosystem: host[1], source: host[2] }
  const release = str(secdb.distroversion)
  return alpineRelease.test(release)
    ? { ecosystem: `Alpine:${release}`, source: 'alpine' }
    : { ecosystem: '', source: '' }
}

/** Others who took the form and say a release of their own must not pass for Alpine. */
const alpineRelease = /^(?:v?3\.\d{1,3}|v?2\.\d|edge)$/

const hosts: [pattern: RegExp, ecosystem: string, source: string][] = [
  [/\bpackages\.wolfi\.dev\b/, 'Wolfi', 'wolfi'],
  [/\b[a-z]{1,30}\.cgr\.dev\b/, 'Chainguard', 'chainguard'],
  [/\b(?:cve0|secureos)\.io\b/, 'SecureOS', 'secureos'],
  [/\b(?:packages\.mini\.dev|minimus\.io|minimos)\b/, 'MinimOS', 'minimos'],
]

/**
 * `CVE-2018-0732 CVE-2018-0737`, `CVE-2017-2616 (+ regression fix)`, `XSA-207`, and the odd `CVE_2019-2426`; each id with what stands beside it. `CVE-2017-10920 XSA-224`: other
 * names beside CVEs are of notices about them, of which one may be about several.
 */
function idsIn(text: string): [id: string, note: string][] {
  const ids = text.replace(/\bCVE[_ ](?=\d{4}-)/g, 'CVE-').match(/\b[A-Z]{2,}-[A-Za-z0-9-]+/g) ?? []
  const cves = ids.filter(isCve)
  const others = ids.filter(id => !id.startsWith('CVE-'))
  return cves.length > 0 ? cves.map(id => [id, others.join(' ')]) : others.map(id => [id, ''])
}
