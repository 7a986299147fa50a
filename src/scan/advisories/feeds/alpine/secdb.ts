import type { FeedItem } from '../../../../base/model/advisory.ts'
import { type Fields, fields, list, str, strs } from '../fields.ts'

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
      for (const id of new Set(strs(flaws).flatMap(idsIn))) {
        const fixed = version.trim()
        const record = fixed === '0' ? never : { status: 'fixed' as const, intervals: [{ fixed }] }
        yield { kind: 'record', ecosystem, name: str(name), record: { id, source, aliases: [], ...record } }
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

/** `CVE-2018-0732 CVE-2018-0737`, `CVE-2017-2616 (+ regression fix)`, `XSA-200`, and the odd `CVE_2019-2426`. */
function idsIn(text: string): string[] {
  const ids = text.replace(/\bCVE_(?=\d)/g, 'CVE-').match(/\b[A-Z]{2,}-[A-Za-z0-9-]+/g) ?? []
  return ids.filter(id => !id.startsWith('CVE-') || /^CVE-\d{4}-\d{4,}$/.test(id))
}
