import { foundList, idOf, reachable } from '../../../../base/found.ts'
import { entriesAt, entriesOf, isObject, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'

/**
 * NAME.deps.json, written beside a built .NET program (dotnet/sdk documentation/specs/runtime-configuration-file.md): `libraries` by `name/version` with
 * their `type`, and `targets` with what each brings to the runtime. Libraries that bring nothing there, nor need any that does, were only built with: for
 * development. One that only needs others (`Microsoft.AspNetCore.App`) is what advisories speak of.
 * `runtimepack.NAME` is a runtime that a self-contained program carries.
 */
export const depsJson: Extractor = {
  id: 'dotnet-core',
  revision: 2,
  stage: 'both',
  patterns: [{ extension: '.json', where: ({ path }) => path.endsWith('.deps.json') }],
  parse: file => parseDepsJson(file.text()),
}

/** The libraries of a deps.json. */
export function parseDepsJson(text: string): FoundPackage[] {
  const document = parseJsonObject(text)
  const target = targetOf(document)
  const libraries = entriesAt(document, 'libraries').flatMap(([key, facts]) => readLibrary(key, facts) ?? [])
  const ids = new Map(libraries.map(library => [library.key, idOf(library)]))
  const root = libraries.find(({ type }) => type === 'project')
  const direct = new Set(root && needsOf(root.key, target))
  const deployed = deployedOf(libraries, target)
  const found = foundList()
  for (const { key, name, version, type, integrity } of libraries) {
    const dependsOn = needsOf(key, target).flatMap(needed => ids.get(needed) ?? [])
    found.add({
      name,
      version,
      relationship:
        type === 'project' ? (key === root?.key ? 'root' : 'workspace') : direct.has(key) ? 'direct' : 'indirect',
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(!deployed.has(key) && { development: true }),
      ...(integrity && { extra: { integrity } }),
    })
  }
  return found.all()
}

interface Library {
  key: string
  name: string
  version: string
  type: string
  integrity?: string
}

type Target = Map<string, unknown>

const kinds = new Set(['package', 'project', 'runtimepack'])

function readLibrary(key: string, facts: unknown): Library | undefined {
  const slash = key.lastIndexOf('/')
  const type = (stringAt(facts, 'type') ?? '').toLowerCase()
  if (slash <= 0 || slash === key.length - 1 || !kinds.has(type)) return undefined
  const name = type === 'runtimepack' ? key.slice(0, slash).replace(/^runtimepack\./i, '') : key.slice(0, slash)
  return { key, name, version: key.slice(slash + 1), type, integrity: stringAt(facts, 'sha512') || undefined }
}

/** The target that runs: `runtimeTarget.name`; without it, all. */
function targetOf(document: unknown): Target {
  const named = own(document, 'runtimeTarget')
  const name = typeof named === 'string' ? named : stringAt(named, 'name')
  const targets = entriesAt(document, 'targets')
  const chosen = targets.filter(([key]) => key === name)
  return new Map((chosen.length > 0 ? chosen : targets).flatMap(([, libraries]) => entriesOf(libraries)))
}

/** Keys of those that put files into the program, and of those that need such. */
function deployedOf(libraries: Library[], target: Target): Set<string> {
  const neededBy = new Map<string, string[]>()
  for (const { key } of libraries) {
    for (const needed of needsOf(key, target)) {
      const list = neededBy.get(needed)
      if (list) list.push(key)
      else neededBy.set(needed, [key])
    }
  }
  const own_ = libraries.filter(({ key, type }) => type === 'project' || isDeployed(target.get(key), target))
  return reachable(
    own_.map(({ key }) => key),
    key => neededBy.get(key) ?? [],
  )
}

/** Whether the library puts any file into the program. Where no target speaks of it, it may. */
function isDeployed(facts: unknown, target: Target): boolean {
  if (target.size === 0 || !isObject(facts)) return true
  return ['runtime', 'runtimeTargets', 'native', 'resources'].some(kind => entriesAt(facts, kind).length > 0)
}

function needsOf(key: string, target: Target): string[] {
  return entriesAt(target.get(key), 'dependencies').map(([name, version]) => `${name}/${String(version)}`)
}
