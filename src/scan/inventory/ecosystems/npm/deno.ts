import { foundList, idOf } from '../../../../base/found.ts'
import {
  entriesAt,
  entriesOf,
  isObject,
  own,
  parseJsonObject,
  stringAt,
  stripJsonComments,
} from '../../../../base/json.ts'
import type { Extractor, FoundPackage } from '../../../../base/model/ecosystem.ts'
import { packageOfImport } from './deno-import.ts'
import { splitSpec } from './package.ts'

/**
 * deno.lock, versions 2 to 5, and what a deno.json (or deno.jsonc) imports with a version where no lock file stands beside it.
 */
export const deno: Extractor = {
  id: 'deno',
  revision: 2,
  stage: 'lock',
  patterns: [{ basename: 'deno.lock' }, { basename: 'deno.json' }, { basename: 'deno.jsonc' }],
  parse: file => (file.path.endsWith('.lock') ? packagesOfLock(file.text()) : packagesOfManifest(file.text())),
  assemble: ({ files, get }) =>
    files.flatMap(({ path, facts }) => {
      const isOutdone = !path.endsWith('.lock') && get(path.replace(/deno\.jsonc?$/, 'deno.lock')) !== undefined
      return isOutdone ? [] : facts.map(found => ({ ...found, path }))
    }),
}

/** `imports: { NAME: SPECIFIER }`, and the same by folder in `scopes`. */
function packagesOfManifest(text: string): FoundPackage[] {
  const manifest = parseJsonObject(stripJsonComments(text))
  const scopes = entriesAt(manifest, 'scopes').flatMap(([, imports]) => entriesOf(imports))
  const found = foundList()
  for (const [, specifier] of [...entriesAt(manifest, 'imports'), ...scopes]) {
    const pkg = typeof specifier === 'string' ? packageOfImport(specifier) : undefined
    if (pkg) found.add({ ...pkg, relationship: 'direct' })
  }
  return found.all()
}

/**
 * Packages stand in `npm` (version 4 and 5), `packages.npm` (3), `npm.packages` (2). Keys are `name@version`, with `_peer@version…` behind
 * for copies built with peers; `dependencies` is a list of keys (4 on) or a map of name to key. Packages of JSR stand in `jsr` beside; files by address in `remote`.
 */
function packagesOfLock(text: string): FoundPackage[] {
  const lock = parseJsonObject(text)
  const packages = [own(lock, 'packages'), lock].map(at => own(at, 'npm')).find(isObject)
  const entries = entriesOf(own(packages, 'packages') ?? packages)
  const direct = new Set(resolvedSpecifiers(lock, packages))
  const found = foundList()
  const versions = new Map<string, string>()
  for (const [key] of entries) versions.set(splitSpec(key)?.name ?? key, key)
  for (const [key, facts] of entries) {
    const identity = readKey(key)
    if (!identity) continue
    const integrity = stringAt(facts, 'integrity')
    const dependsOn = needsOf(facts, versions)
    found.add({
      ...identity,
      relationship: direct.has(key) || direct.has(idOf(identity)) ? 'direct' : 'indirect',
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(integrity && { extra: { integrity } }),
    })
  }
  for (const specifier of othersOf(lock)) {
    const pkg = packageOfImport(specifier)
    if (pkg) found.add({ ...pkg, id: `${pkg.type ?? 'npm'} ${idOf(pkg)}` })
  }
  return found.all()
}

/** What is not from npm's registry, as specifiers. */
function othersOf(lock: unknown): string[] {
  const jsr = [lock, own(lock, 'packages')].flatMap(at => entriesAt(at, 'jsr').map(([key]) => `jsr:${key}`))
  return [...jsr, ...entriesAt(lock, 'remote').map(([address]) => address)]
}

function readKey(key: string): { name: string; version: string } | undefined {
  const spec = splitSpec(key)
  const version = spec?.rest.replace(/_.*$/s, '') ?? ''
  return spec && version !== '' ? { name: spec.name, version } : undefined
}

/** Keys, or names alone where one version is there. */
function needsOf(facts: unknown, versions: Map<string, string>): string[] {
  const needs = own(facts, 'dependencies')
  const keys = Array.isArray(needs) ? needs : entriesAt(facts, 'dependencies').map(([, key]) => key)
  return keys.flatMap(key => {
    const identity = typeof key === 'string' ? (readKey(key) ?? readKey(versions.get(key) ?? '')) : undefined
    return identity ? [idOf(identity)] : []
  })
}

/** `"npm:chalk@5": "5.3.0"` (4 on), `"npm:chalk@5": "npm:chalk@5.3.0"` (3), `"chalk@5": "chalk@5.3.0"` (2). */
function* resolvedSpecifiers(lock: unknown, packages: unknown): Generator<string> {
  for (const holder of [lock, own(lock, 'packages'), packages]) {
    for (const [specifier, resolved] of entriesAt(holder, 'specifiers')) {
      if (typeof resolved !== 'string') continue
      const name = splitSpec(specifier.replace(/^npm:/, ''))?.name ?? specifier.replace(/^npm:/, '')
      const key = resolved.replace(/^npm:/, '')
      yield /^\d/.test(key) ? `${name}@${key}` : key
    }
  }
}
