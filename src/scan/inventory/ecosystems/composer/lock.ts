import { foundList, idOf } from '../../../../base/found.ts'
import { itemsAt, parseJsonObject } from '../../../../base/json.ts'
import type { Extractor, FileEntry, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { type ComposerPackage, readPackages, requiredNames } from './package.ts'

interface ComposerFacts {
  packages?: ComposerPackage[]
  development?: ComposerPackage[]
  /** What composer.json asks for. */
  required?: string[]
}

/** composer.lock: `packages` and `packages-dev`; composer.json beside it says which are direct. */
export const composerLock: Extractor<ComposerFacts> = {
  id: 'composer',
  revision: 1,
  stage: 'lock',
  patterns: [
    { basename: 'composer.lock', where: outsideVendor },
    { basename: 'composer.json', where: outsideVendor },
  ],
  parse(file) {
    if (file.path.endsWith('composer.json')) return readManifest(file.text())
    const lock = parseJsonObject(file.text())
    return {
      packages: readPackages(itemsAt(lock, 'packages')),
      development: readPackages(itemsAt(lock, 'packages-dev')),
    }
  },
  assemble: view =>
    view.files.flatMap(({ path, facts }) => {
      if (!facts.packages) return []
      const manifest = view.get(path.replace(/composer\.lock$/, 'composer.json'))
      return packagesOf(path, facts.packages, facts.development ?? [], manifest?.required)
    }),
}

/** A broken composer.json does not hide what the lock file says. */
function readManifest(text: string): ComposerFacts | undefined {
  try {
    const manifest = parseJsonObject(text)
    return { required: [...requiredNames(manifest, 'require'), ...requiredNames(manifest, 'require-dev')] }
  } catch {
    return undefined
  }
}

function packagesOf(
  path: string,
  production: ComposerPackage[],
  development: ComposerPackage[],
  required?: string[],
): FoundPackage[] {
  const direct = required && new Set(required)
  const id = (pkg: ComposerPackage) => `${path}#${idOf(pkg)}`
  const names = new Map([...development, ...production].map(pkg => [pkg.name.toLowerCase(), id(pkg)]))
  const found = foundList()
  const add = (pkg: ComposerPackage, forDevelopment: boolean) => {
    const { name, version, licenses, extra } = pkg
    const dependsOn = pkg.needs.flatMap(needed => names.get(needed) ?? [])
    found.add({
      id: id(pkg),
      name,
      version,
      path,
      ...(licenses.length > 0 && { licenses }),
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(direct && { relationship: direct.has(name.toLowerCase()) ? 'direct' : 'indirect' }),
      ...(forDevelopment && { development: true }),
      ...(extra && { extra }),
    })
  }
  for (const pkg of production) add(pkg, false)
  for (const pkg of development) add(pkg, true)
  return found.all()
}

function outsideVendor({ path }: FileEntry): boolean {
  return !/(?:^|\/)vendor\/[^/]+\/[^/]+\//.test(path)
}
