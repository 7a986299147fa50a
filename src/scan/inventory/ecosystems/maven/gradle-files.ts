import { parse as parseToml } from 'smol-toml'
import { JennerError } from '../../../../base/errors.ts'
import { entriesAt, entriesOf, isObject, own, parseJsonObject, stringAt } from '../../../../base/json.ts'
import type { FoundPackage } from '../../../../base/model/ecosystem.ts'
import { child, children, parseXml } from './xml.ts'

const maxEntries = 200_000

/**
 * gradle.lockfile ("Locking Versions"): `group:artifact:version=configuration,…` a line, `empty=…` for configurations without dependencies.
 * The older gradle/dependency-locks/CONFIGURATION.lockfile has no `=`.
 */
export function parseLockfile(text: string, path: string): FoundPackage[] {
  const packages: FoundPackage[] = []
  const configuration = path.includes('dependency-locks/')
    ? path.slice(path.lastIndexOf('/') + 1, -'.lockfile'.length)
    : ''
  const buildscript = /(?:^|\/)(?:buildscript|settings)-[^/]*$/.test(path)
  for (const [index, line] of text.split(/\r?\n/, maxEntries).entries()) {
    if (line.startsWith('#') || line.startsWith('empty=')) continue
    const equals = line.indexOf('=')
    const [group, artifact, version] = (equals < 0 ? line : line.slice(0, equals)).trim().split(':')
    if (!group || !artifact || !version) continue
    const configurations = (equals < 0 ? configuration : line.slice(equals + 1))
      .split(',')
      .map(name => name.trim())
      .filter(name => name !== '')
    packages.push({
      name: `${group}:${artifact}`,
      version,
      licenses: [],
      lines: { start: index + 1, end: index + 1 },
      ...(buildscript || isDevelopment(configurations) ? { development: true } : {}),
      extra: configurations.length === 0 ? {} : { configurations: configurations.join(',').slice(0, 1000) },
    })
  }
  return packages
}

const buildOnly = /test|^(?:annotationProcessor|kapt|ksp|jacoco|checkstyle|pmd|spotbugs|detekt|ktlint)/i

/** Whether a configuration builds or tests, and ends in no product. */
export const isBuildOnly = (configuration: string) => buildOnly.test(configuration)

/** Only in configurations that build or test: none of them ends in the product. */
function isDevelopment(configurations: string[]): boolean {
  return configurations.length > 0 && configurations.every(name => buildOnly.test(name))
}

/** gradle/verification-metadata.xml ("Dependency Verification"): `<component group= name= version=>` for all that a build fetched, plugins included. */
export function parseVerification(bytes: Uint8Array): FoundPackage[] {
  const root = parseXml(bytes)
  if (root.name !== 'verification-metadata') throw new JennerError('malformed', `root element ${root.name}`)
  return children(child(root, 'components'), 'component').flatMap(({ attributes, lines }) => {
    const [group, name, version] = ['group', 'name', 'version'].map(key => attributes.get(key) ?? '')
    return group && name && version ? [{ name: `${group}:${name}`, version, licenses: [], lines }] : []
  })
}

/** A version catalogue (gradle/libs.versions.toml): `[libraries]` by `module` or `group` and `name`, its version plain, rich, or by reference to `[versions]`. */
export function parseCatalog(text: string): FoundPackage[] {
  const root = parseToml(text)
  const versions = new Map(entriesAt(root, 'versions').map(([key, value]) => [key, plainVersion(value)]))
  return entriesAt(root, 'libraries').flatMap(([, library]) => {
    if (typeof library === 'string') return shortForm(library)
    const module =
      stringAt(library, 'module') ?? `${stringAt(library, 'group') ?? ''}:${stringAt(library, 'name') ?? ''}`
    const stated = own(library, 'version')
    const reference = isObject(stated) ? stringAt(stated, 'ref') : stringAt(library, 'version.ref')
    const version = reference === undefined ? plainVersion(stated) : (versions.get(reference) ?? '')
    return /^[^:]+:[^:]+$/.test(module) && version !== '' ? [{ name: module, version, licenses: [] }] : []
  })
}

function shortForm(text: string): FoundPackage[] {
  const [group, name, stated = ''] = text.split(':')
  const version = plainVersion(stated.replace(/@.*$/s, ''))
  return group && name && version ? [{ name: `${group}:${name}`, version, licenses: [] }] : []
}

/**
 * What Gradle begins with ("Declaring rich versions"): of `strictly` and `require` the version, or where that is a range (or there is none) what is preferred
 * in it, else its lower end. `1.2!!` is short for strictly, `[1.7, 1.8[!!1.7.25` for one with a preference.
 */
function plainVersion(value: unknown): string {
  if (typeof value !== 'string') {
    const stated = stringAt(value, 'strictly') ?? stringAt(value, 'require') ?? ''
    const preferred = stringAt(value, 'prefer') ?? ''
    return singleVersion(isRange(stated) || stated === '' ? preferred || stated : stated)
  }
  const [strictly = '', preferred = ''] = value.split('!!')
  return singleVersion(isRange(strictly) ? preferred || strictly : strictly)
}

const isRange = (text: string) => /^\s*[[(\]]/.test(text)

/** A range's lower end, `1.+` as 1.0; none of what has no beginning (`+`, `latest.release`). */
export function singleVersion(text: string): string {
  const lower = /^\s*[[(\]]\s*([^,\])[]*)/.exec(text)?.[1] ?? text
  const version = lower.trim().replace(/\.\+$/, '.0')
  return /^latest\.|\+$/.test(version) ? '' : version
}

/** dependencies.lock of Netflix's Nebula plugin (JSON): configuration → `group:artifact` → `{ locked | project, transitive }`. */
export function parseNebula(text: string): FoundPackage[] {
  // Other tools have files of this name, in other formats.
  if (!/^\s*\{/.test(text)) return []
  const found = new Map<string, { name: string; version: string; direct: boolean; configurations: string[] }>()
  for (const [configuration, modules] of entriesOf(parseJsonObject(text))) {
    for (const [name, state] of entriesOf(modules)) {
      const version = stringAt(state, 'locked')
      if (version === undefined || !name.includes(':')) continue
      const key = `${name}@${version}`
      const known = found.get(key) ?? { name, version, direct: false, configurations: [] }
      if (found.size >= maxEntries) throw new JennerError('limit_exceeded', `more than ${maxEntries} modules`)
      found.set(key, known)
      known.direct ||= own(state, 'transitive') === undefined && own(state, 'firstLevelTransitive') === undefined
      known.configurations.push(configuration)
    }
  }
  return [...found.values()].map(({ name, version, direct, configurations }) => ({
    name,
    version,
    licenses: [],
    relationship: direct ? 'direct' : 'indirect',
    ...(isDevelopment(configurations) ? { development: true } : {}),
  }))
}
