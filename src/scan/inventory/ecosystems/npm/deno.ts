import { foundList, idOf } from '../../../../base/found.ts'
import { entriesAt, entriesOf, isObject, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { Extractor } from '../../../../base/model/ecosystem.ts'
import { splitSpec } from './package.ts'

/**
 * The npm packages of a deno.lock: `npm` (version 4 and 5), `packages.npm` (3), `npm.packages` (2). Keys are `name@version`, with `_peer@version…` behind
 * for copies built with peers; `dependencies` is a list of keys (4 on) or a map of name to key. Packages of JSR are no npm packages and have no advisories.
 */
export const deno: Extractor = {
  id: 'deno',
  revision: 1,
  stage: 'lock',
  patterns: [{ basename: 'deno.lock' }],
  parse(file) {
    const lock = parseJsonObject(file.text())
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
    return found.all()
  },
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
