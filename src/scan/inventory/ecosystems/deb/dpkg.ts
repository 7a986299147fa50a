import type {
  ContentFile,
  Extractor,
  FactView,
  FilePattern,
  FoundPackage,
  ReportProblem,
} from '../../../../base/model/ecosystem.ts'
import { parseCopyright } from './copyright.ts'
import { type DebPackage, parseStatus } from './status.ts'

const infoFolder = 'var/lib/dpkg/info'
const statusFolder = 'var/lib/dpkg/status.d'
/** opkg (OpenWrt, Entware and other small systems) keeps the same forms in folders of its own. */
const opkgFolders = ['usr/lib/opkg', 'var/lib/opkg', 'lib/opkg', 'opt/lib/opkg']
const statusFiles = ['var/lib/dpkg/status', ...opkgFolders.map(folder => `${folder}/status`)]
const infoFolders = [infoFolder, ...opkgFolders.map(folder => `${folder}/info`)]

/** One file's facts: packages of a status file, owned paths (one a line), or licences. */
interface DpkgFacts {
  packages?: DebPackage[]
  files?: string
  licenses?: string[]
}

/** Debian and Ubuntu: dpkg's status, or distroless' status.d with a file a package; file lists; copyright files. */
export const dpkg: Extractor<DpkgFacts> = {
  id: 'dpkg',
  revision: 3,
  stage: 'installed',
  patterns: [
    ...statusFiles.map(path => ({ path })),
    { folder: statusFolder },
    ...infoFolders.map((folder): FilePattern => ({ folder, where: ({ path }) => path.endsWith('.list') })),
    ...opkgFolders.map(
      (folder): FilePattern => ({ folder: `${folder}/info`, where: ({ path }) => path.endsWith('.control') }),
    ),
    { basename: 'copyright', where: ({ path }) => /^usr\/share\/doc\/[^/]+\/copyright$/.test(path) },
  ],
  parse: parseDpkgFile,
  assemble: assembleDpkg,
}

function parseDpkgFile(file: ContentFile, problem?: ReportProblem): DpkgFacts | undefined {
  const { path } = file
  if (statusFiles.includes(path)) return { packages: parseStatus(file.text(), false, problem) }
  if (path.endsWith('.list')) return { files: normalizeList(file.text()) }
  if (path.endsWith('.md5sums')) return { files: md5sumPaths(file.text()) }
  if (path.startsWith(`${statusFolder}/`) || path.endsWith('.control'))
    return { packages: parseStatus(file.text(), true, problem) }
  const licenses = parseCopyright(file.text())
  return licenses.length > 0 ? { licenses } : undefined
}

/** `/.` and `/usr/bin/x`, one a line: the leading slash goes. */
function normalizeList(text: string): string {
  return text.replace(/^\/(?:\.$)?/gm, '').replaceAll('\r', '')
}

/** md5sum(1)'s lines: digest, two characters, the path (without a leading slash in dpkg's). */
function md5sumPaths(text: string): string {
  return text
    .split('\n')
    .flatMap(line => /^[0-9a-f]{32} [ *]\.?\/?(.+?)\r?$/.exec(line)?.[1] ?? [])
    .join('\n')
}

function assembleDpkg(view: FactView<DpkgFacts>): FoundPackage[] {
  const found: { stated: DebPackage; pkg: FoundPackage }[] = []
  for (const { path, facts } of view.files) {
    // What opkg keeps of each package beside its status file is that file's once more.
    const status = path.replace(/\/info\/[^/]+\.control$/, '/status')
    if (status !== path && view.get(status)) continue
    for (const stated of facts.packages ?? []) {
      const licenses = view.get(`usr/share/doc/${stated.pkg.name}/copyright`)?.licenses
      const files = ownedFiles(view, path, stated.pkg)
      const pkg = { ...stated.pkg, path, ...(licenses && { licenses }), ...(files && { files }) }
      found.push({ stated, pkg })
    }
  }
  connect(found)
  return found.map(({ pkg }) => pkg)
}

/** `info/NAME.list`, or `info/NAME:ARCH.list` for packages that may stand beside themselves in another architecture. */
function ownedFiles(view: FactView<DpkgFacts>, path: string, { name, arch }: FoundPackage): string[] | undefined {
  const folder = path.endsWith('.control') ? path.slice(0, path.lastIndexOf('/')) : path.replace(/\/status$/, '/info')
  const text = path.startsWith(`${statusFolder}/`)
    ? view.get(`${path}.md5sums`)?.files
    : (view.get(`${folder}/${name}.list`) ?? view.get(`${folder}/${name}:${arch}.list`))?.files
  return text?.split('\n').filter(line => line !== '')
}

/** Dependencies to those that are installed: of alternatives the first that is there, by its name or by what it provides. */
function connect(found: readonly { stated: DebPackage; pkg: FoundPackage }[]): void {
  const providers = new Map<string, string>()
  for (const { stated, pkg } of found) for (const name of stated.provides) providers.set(name, pkg.id!)
  for (const { pkg } of found) providers.set(pkg.name, pkg.id!)
  for (const { stated, pkg } of found) {
    const ids = stated.depends.flatMap(names => {
      const name = names.find(alternative => providers.has(alternative))
      return name === undefined ? [] : [providers.get(name)!]
    })
    pkg.dependsOn = [...new Set(ids)]
  }
}
