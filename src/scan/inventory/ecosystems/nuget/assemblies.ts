import type { ContentFile, Extractor, FactView, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { openPrograms } from '../../../../base/program/open.ts'
import { versionInfo } from '../../../../base/program/version-info.ts'

interface Facts {
  /** Undefined for a NAME.deps.json, which states all that stands in its folder. */
  package?: FoundPackage
}

/**
 * .NET assemblies (PE files with a CLR header) by their version resource, where no deps.json stands in their folder and says it better. An assembly is named
 * as its file is, which for packages is nearly always the package's name.
 */
export const assemblies: Extractor<Facts> = {
  id: 'dotnet-assembly',
  revision: 2,
  stage: 'installed',
  patterns: [
    ...['.dll', '.exe'].map(extension => ({ extension, where: ({ size }: FileEntry) => size >= 2048 })),
    { extension: '.json', where: ({ path }) => path.endsWith('.deps.json') },
  ],
  parse: file => (file.path.endsWith('.json') ? {} : assemblyOf(file)),
  assemble: assembleAssemblies,
}

/** Every assembly begins its metadata with this (ECMA-335, II.24.2.1), not far behind its code's beginning. */
const metadata = Buffer.from('BSJB')
const keys = ['ProductName', 'ProductVersion', 'FileVersion', 'CompanyName', 'OriginalFilename']
const maxSearched = 32 * 1024 * 1024

function assemblyOf(file: ContentFile): Facts | undefined {
  const head = file.read(0, 2)
  if (head[0] !== 0x4d || head[1] !== 0x5a) return undefined
  for (const { program, source } of openPrograms(file)) {
    if (program.format !== 'pe' || !isManaged(file)) continue
    const info = versionInfo(program, source, keys)
    const version = versionOf(info)
    if (!version) return undefined
    const vendor = info.get('CompanyName')
    const product = info.get('ProductName')
    const name = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/(?:\.resources)?\.(?:dll|exe)$/i, '')
    const extra = { ...(vendor && { vendor }), ...(product && { product }) }
    return name === '' ? undefined : { package: { name, version, extra } }
  }
  return undefined
}

function isManaged(file: ContentFile): boolean {
  const step = 1024 * 1024
  for (let from = 0; from < Math.min(file.size, maxSearched); from += step) {
    const bytes = file.read(Math.max(0, from - 4), step + 4)
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(metadata)) return true
  }
  return false
}

/** ProductVersion is the package's (`6.0.1+commit`); where it says something else, FileVersion without a last 0. */
function versionOf(info: Map<string, string>): string | undefined {
  const product = /^\d+(?:\.\d+){1,3}(?:-[\w.]{1,60})?(?=$|[+ ])/.exec(info.get('ProductVersion') ?? '')?.[0]
  const file = /^\d+(?:\.\d+){1,3}/.exec(info.get('FileVersion') ?? '')?.[0]
  const version = product ?? file
  return version === undefined || /^0(?:\.0)*$/.test(version)
    ? undefined
    : version.replace(/^(\d+\.\d+\.\d+)\.0$/, '$1')
}

const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

function assembleAssemblies({ files }: FactView<Facts>): FoundPackage[] {
  const stated = new Set(files.filter(({ facts }) => !facts.package).map(({ path }) => folderOf(path)))
  return files.flatMap(({ path, facts }) => {
    const inStated = [...ancestors(path)].some(folder => stated.has(folder))
    return facts.package && !inStated ? [{ ...facts.package, path }] : []
  })
}

/** Its folder, and those two above: `runtimes/linux/lib/` belongs to the program above it, `ko/` too. */
function* ancestors(path: string): Generator<string> {
  let folder = folderOf(path)
  for (let depth = 0; depth < 6 && folder !== ''; depth++) {
    yield folder
    folder = folderOf(folder.slice(0, -1))
  }
  yield ''
}
