import type { FoundPackage } from '../../../../base/model/ecosystem.ts'

/** One requirement (PEP 508), with the version it fixes or begins at. */
export interface Requirement {
  name: string
  /** `''` where none is stated that could be installed. */
  version: string
  /** The version specifiers as written, when they allow more than this one version. */
  range?: string
  /** `name @ URL`, a wheel's or an archive's address. */
  url?: string
}

const maxLength = 10_000

/**
 * Reads `name [extra, …] (specifiers) ; marker`, `name [extra, …] @ url ; marker`, or an address alone.
 * The version is that of `==` or `===`; else the lower bound of `~=`, `>=` or `==1.*` (1.0); else the upper one of `<=`. `<`, `>` and `!=` name no version
 * that is surely there.
 */
export function readRequirement(text: string): Requirement | undefined {
  const line = text.trim()
  if (line === '' || line.length > maxLength) return undefined
  const name = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/.exec(line)?.[0]
  if (!name || isAddress(line, name)) return fromAddress(line)
  let rest = line.slice(name.length).trimStart()
  if (rest.startsWith('[')) {
    const end = rest.indexOf(']')
    if (end < 0) return undefined
    rest = rest.slice(end + 1).trimStart()
  }
  if (rest.startsWith('@')) {
    const url = rest.slice(1).trim().split(/\s/)[0] ?? ''
    return { name, version: fromFileName(url)?.version ?? '', url }
  }
  const specifiers = (rest.split(/[;#]/)[0] ?? '')
    .trim()
    .replace(/^\((.*)\)$/s, '$1')
    .trim()
  if (specifiers !== '' && !/^(?:[=<>!~])/.test(specifiers)) return fromAddress(line)
  return { name, ...versionOf(specifiers) }
}

/** A manifest's requirement as a package, where it names a version. */
export function pinnedBy(text: string): FoundPackage[] {
  const requirement = readRequirement(text)
  if (!requirement?.version) return []
  const { name, version, range } = requirement
  return [{ name, version, relationship: 'direct', ...(range && { extra: { range } }) }]
}

/** `https:…`, `git+https:…`, `folder/…`, and the file of a package in this folder. */
function isAddress(line: string, name: string): boolean {
  return (
    /^[:+/\\]/.test(line.slice(name.length)) || (archive.test(name) && !/^\s*[=<>!~@[(]/.test(line.slice(name.length)))
  )
}

function versionOf(specifiers: string): { version: string; range?: string } {
  const parts = specifiers.split(',').map(part => /^(===|==|~=|>=|<=|!=|<|>)\s*(\S+)$/.exec(part.trim()))
  const exact = parts.find(part => part?.[1]?.startsWith('==') && isVersion(part[2]!))
  if (exact) return { version: exact[2]! }
  const range = specifiers === '' ? {} : { range: specifiers.slice(0, 200) }
  const bounds = parts.flatMap(part => boundOf(part?.[1] ?? '', part?.[2] ?? '') ?? [])
  const bound = bounds.find(({ upper }) => !upper) ?? bounds[0]
  return { version: bound?.version ?? '', ...range }
}

/** The version at an end of what a specifier allows, which it allows too. */
function boundOf(operator: string, operand: string): { version: string; upper: boolean } | undefined {
  const version = operator === '==' ? operand.replace(/\.\*$/, '.0') : operand
  return /^(?:==|~=|>=|<=)$/.test(operator) && isVersion(version) ? { version, upper: operator === '<=' } : undefined
}

const archive = /\.(?:whl|egg|zip|tgz|tar|tar\.(?:gz|bz2|xz|lzma|Z))$/i

/** Not a wildcard, and no variable that nobody filled in. */
function isVersion(text: string): boolean {
  return /^v?\d[0-9A-Za-z.!+_-]*$/.test(text)
}

/** `https://host/name-1.0-py3-none-any.whl`, `./dist/name-1.0.tar.gz`, `git+https://host/x.git@v1#egg=name`. */
function fromAddress(line: string): Requirement | undefined {
  const url = line.split(/\s/)[0] ?? ''
  const [, egg, stated = ''] =
    /[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]{0,200}\])?(?:={2,3}([^&]{1,100}))?/.exec(url) ?? []
  const file = fromFileName(url)
  if (file) return { ...file, url }
  return egg ? { name: egg, version: isVersion(stated) ? stated : '', url } : undefined
}

/** A wheel's file name is `name-version(-build)?-python-abi-platform.whl` (PEP 427), an egg's `name-version-py2.7.egg`, a source archive's `name-version.tar.gz`. */
export function fromFileName(url: string): { name: string; version: string } | undefined {
  const file = decodeURIComponent(
    safe(
      url
        .replace(/[?#].*$/s, '')
        .split(/[/\\]/)
        .pop() ?? '',
    ),
  )
  if (/\.(?:whl|egg)$/.test(file)) {
    const [name, version] = file.slice(0, -4).split('-')
    return name && version ? { name, version } : undefined
  }
  if (!archive.test(file)) return undefined
  const stem = file.replace(archive, '')
  const dash = stem.lastIndexOf('-')
  const version = stem.slice(dash + 1)
  return dash > 0 && /^\d[\w.+!]*$/.test(version) ? { name: stem.slice(0, dash), version } : undefined
}

/** Percent signs that begin no escape would make decodeURIComponent throw. */
function safe(text: string): string {
  return /%(?![0-9A-Fa-f]{2})/.test(text) || /%[89A-Fa-f]/.test(text) ? '' : text
}
