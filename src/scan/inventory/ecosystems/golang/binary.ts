import type { ContentFile, Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { readBuildInfo } from './build-info.ts'
import { stdlibVersion } from './go-version.ts'
import { versionOfLdflags } from './ldflags.ts'
import { byModule, linkedPackages } from './linked-packages.ts'
import { linkedVersion } from './linked-version.ts'
import { type Module, type ModuleText, parseModuleText } from './module-text.ts'

/** Go programs: the modules linked in, the main module, and the standard library of the toolchain that built it. */
export const gobinary: Extractor = {
  id: 'gobinary',
  revision: 3,
  stage: 'installed',
  patterns: [{ executable: true }],
  parse: parseBinary,
}

function parseBinary(file: ContentFile): FoundPackage[] | undefined {
  const raw = readBuildInfo(file)
  if (raw === undefined) return undefined
  const info = parseModuleText(raw.modules)
  const linked = linkedPackages(file)
  const packages =
    linked &&
    byModule(
      linked,
      info.deps.map(({ path }) => path),
    )
  const dependencies = info.deps.flatMap(module => packageOfModule(module, packages?.get(module.path)))
  const standard = stdlib(raw.goVersion, packages?.get(''))
  if (standard !== undefined) dependencies.push(standard)
  const isMovable = info.settings.get('-buildmode') === 'pie'
  const main = mainPackage(info, raw.goVersion, () => linkedVersion(file, isMovable) ?? versionOfName(file.path))
  if (main === undefined) return dependencies
  main.dependsOn = dependencies.map(dependency => dependency.id!)
  return [main, ...dependencies]
}

function stdlib(goVersion: string, linked: string[] | undefined): FoundPackage | undefined {
  const version = stdlibVersion(goVersion)
  if (version === undefined) return undefined
  const extra = { goVersion, ...linkedFact(linked) }
  return { id: `stdlib@${version}`, name: 'stdlib', version, licenses: [], dependsOn: [], extra }
}

/** A replacement by a folder has no version: it is code of the same repository, of which the build says no more. */
function packageOfModule(module: Module, linked: string[] | undefined): FoundPackage[] {
  const used = module.replacedBy ?? module
  if (used.path === '' || used.version === '' || used.version === '(devel)') return []
  const extra: Record<string, string> = linkedFact(linked)
  if (used.sum !== undefined) extra.sum = used.sum
  if (module.replacedBy !== undefined) extra.replaces = `${module.path}@${module.version}`
  const id = `${used.path}@${used.version}`
  return [{ id, name: used.path, version: used.version, licenses: [], dependsOn: [], extra }]
}

const maxLinked = 32 * 1024

/** `linkedPackages`: the import paths that are in the program, by blanks; `''` when none of the module is. Left out where the list is too long to keep whole. */
function linkedFact(linked: string[] | undefined): Record<string, string> {
  const text = linked?.join(' ')
  return text === undefined || text.length > maxLinked ? {} : { linkedPackages: text }
}

const keptSettings = ['GOOS', 'GOARCH', 'CGO_ENABLED', 'vcs.revision', 'vcs.time', 'vcs.modified']

function mainPackage(info: ModuleText, goVersion: string, linked: () => string | undefined): FoundPackage | undefined {
  const module = info.main ?? withoutModule(info.path)
  if (module === undefined || module.path === '') return undefined
  const name = module.path
  const extra: Record<string, string> = { goVersion }
  if (info.path !== undefined) extra.mainPackage = info.path
  for (const key of keptSettings) {
    const value = info.settings.get(key)
    if (value !== undefined && value !== '') extra[key] = value.slice(0, maxSetting)
  }
  const version = versionOfMain(module, info.settings.get('-ldflags'), linked)
  // A module that is guessed and has no version tells nothing.
  if (info.main === undefined && version === '') return undefined
  return { id: `${name}@${version}`, name, version, licenses: [], relationship: 'root', dependsOn: [], extra }
}

/** Terraform's plugins carry their version in their name, by which Terraform finds them: `terraform-provider-aws_v5.100.0_x5`. */
function versionOfName(path: string): string | undefined {
  return /(?:^|\/)terraform-[a-z0-9-]{1,100}_(v\d+\.\d+\.\d+[\w.+-]{0,40}?)(?:_x\d+)?(?:\.exe)?$/.exec(path)?.[1]
}

/** Programs built in GOPATH's manner name a package alone. Where a host keeps repositories at a known depth, that tells the module. */
function withoutModule(path = ''): Module | undefined {
  const repository = /^(?:github\.com|gitlab\.com|bitbucket\.org)\/[^/]+\/[^/]+/.exec(path)?.[0]
  return repository === undefined ? undefined : { path: repository, version: '' }
}

const maxSetting = 4096

/** A development build has no version of its own; what its makers linked in is better than a pseudo-version of a commit. */
function versionOfMain(main: Module, ldflags = '', linked: () => string | undefined): string {
  const stated = main.version === '(devel)' ? '' : main.version
  if (stated !== '' && !/\d{14}-[0-9a-f]{12}/.test(stated)) return stated
  const found = versionOfLdflags(ldflags, main.path) ?? (ldflags === '' ? linked() : undefined)
  return found === undefined ? stated : found.startsWith('v') ? found : `v${found}`
}
