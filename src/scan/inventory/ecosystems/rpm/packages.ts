import { type ByteSource, readExactly } from '../../../../base/byte-source.ts'
import { JennerError } from '../../../../base/errors.ts'
import type { ContentFile, Extractor, FactView, FoundPackage, ReportProblem } from '../../../../base/model/ecosystem.ts'
import { sqliteMagic } from '../../../../base/sqlite.ts'
import { berkeleyBlobs, berkeleyMagic } from './berkeley.ts'
import { parseHeader, type RpmHeader } from './header.ts'
import { ndbBlobs, ndbMagic } from './ndb.ts'
import { isThirdParty, packageOf } from './package.ts'
import { sqliteBlobs } from './sqlite.ts'

const folders = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm']
/** What rpm itself prefers comes first: a database left behind by a change of backend says what was installed then. */
const databaseNames = ['rpmdb.sqlite', 'Packages.db', 'Packages']
const writeAheadLog = 'rpmdb.sqlite-wal'

/** The package database of RPM distributions in its three forms, told apart by their first bytes. */
export const rpm: Extractor = {
  id: 'rpm',
  revision: 1,
  stage: 'installed',
  patterns: folders.flatMap(folder => [...databaseNames, writeAheadLog].map(name => ({ path: `${folder}/${name}` }))),
  parse: parseDatabase,
  assemble: assembleDatabases,
}

function parseDatabase(file: ContentFile, problem: ReportProblem = () => {}): FoundPackage[] {
  if (file.path.endsWith('-wal')) {
    if (file.size > walHeader) problem('unsupported', 'changes in the write-ahead log are not read')
    return []
  }
  if (file.size === 0) return []
  const problems = limited(problem)
  const headers: RpmHeader[] = []
  for (const blob of blobsOf(file, problems.report)) {
    if (headers.length >= maxPackages) throw new JennerError('limit_exceeded', `more than ${maxPackages} packages`)
    try {
      headers.push(parseHeader(blob))
    } catch (error) {
      problems.report('malformed', error instanceof Error ? error.message : String(error))
    }
  }
  if (headers.length === 0 && problems.first !== undefined) throw new JennerError('malformed', problems.first)
  return packagesOf(headers)
}

const walHeader = 32
const maxPackages = 200_000
const maxProblems = 20

function blobsOf(source: ByteSource, problem: ReportProblem): Generator<Buffer> {
  const start = readExactly(source, 0, Math.min(source.size, 16))
  if (start.equals(sqliteMagic)) return sqliteBlobs(source, problem)
  if (start.length === 16 && start.readUInt32LE(0) === ndbMagic) return ndbBlobs(source, problem)
  if (start.length === 16 && [start.readUInt32LE(12), start.readUInt32BE(12)].includes(berkeleyMagic)) {
    return berkeleyBlobs(source, problem)
  }
  throw new JennerError('malformed', 'no RPM database')
}

/** Passes the first problems on: a broken database has one a page. */
function limited(problem: ReportProblem) {
  const state = {
    first: undefined as string | undefined,
    count: 0,
    report(code: Parameters<ReportProblem>[0], detail: string) {
      state.first ??= detail
      if (state.count++ < maxProblems) problem(code, detail)
    },
  }
  return state
}

/** Keys imported with `rpm --import` stand in the database as packages `gpg-pubkey`; they are no software. */
function packagesOf(headers: RpmHeader[]): FoundPackage[] {
  const software = headers.filter(header => header.name !== 'gpg-pubkey')
  const packages = software.map(packageOf)
  const providers = providersOf(software, packages)
  software.forEach((header, index) => {
    const found = packages[index]!
    const needed = new Set(header.requires.flatMap(name => providers.get(name) ?? []))
    needed.delete(found.id!)
    found.dependsOn = [...needed].sort()
  })
  return packages
}

/** A requirement names a capability or a path; rich ones `(a if b)` are not resolved. */
function providersOf(headers: RpmHeader[], packages: FoundPackage[]): Map<string, string[]> {
  const wanted = new Set(headers.flatMap(header => header.requires))
  const providers = new Map<string, string[]>()
  headers.forEach((header, index) => {
    const id = packages[index]!.id!
    const names = new Set([header.name, ...header.provides, ...header.files.map(path => `/${path}`)])
    for (const name of names) {
      if (!wanted.has(name)) continue
      const list = providers.get(name)
      if (list === undefined) providers.set(name, [id])
      else if (!list.includes(id)) list.push(id)
    }
  })
  return providers
}

function assembleDatabases(view: FactView<FoundPackage[]>): FoundPackage[] {
  const found = new Map<string, FoundPackage>()
  for (const folder of folders) {
    const path = databaseNames.map(name => `${folder}/${name}`).find(path => (view.get(path)?.length ?? 0) > 0)
    if (path === undefined) continue
    for (const item of view.get(path)!) {
      if (!found.has(item.id!)) found.set(item.id!, { ...item, path, ...isThirdParty(item, view.os) })
    }
  }
  return [...found.values()]
}
