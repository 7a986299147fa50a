/** A package URL taken apart. Qualifier keys are lower case; values are decoded. */
export interface Purl {
  type: string
  namespace?: string
  name: string
  version?: string
  qualifiers: Record<string, string>
  subpath?: string
}

const maxLength = 4096

/**
 * Reads `scheme:type/namespace/name@version?qualifiers#subpath` (package-url/purl-spec, PURL-SPECIFICATION "How to parse"):
 * from the right, `#subpath`, `?qualifiers`, then `scheme:`, `type/`, `@version`, and the last `/` before the name.
 * Undefined for anything that is not a purl.
 */
export function parsePurl(text: string): Purl | undefined {
  if (text.length > maxLength || !/^pkg:/i.test(text)) return undefined
  let rest = text.slice(4).replace(/^\/+/, '')
  const purl: Purl = { type: '', name: '', qualifiers: Object.create(null) as Record<string, string> }
  const hash = rest.lastIndexOf('#')
  if (hash >= 0) {
    purl.subpath = decodeSegments(rest.slice(hash + 1))
    rest = rest.slice(0, hash)
  }
  const question = rest.lastIndexOf('?')
  if (question >= 0) {
    for (const pair of rest.slice(question + 1).split('&')) {
      const equals = pair.indexOf('=')
      if (equals > 0 && equals < pair.length - 1)
        purl.qualifiers[pair.slice(0, equals).toLowerCase()] = decode(pair.slice(equals + 1))
    }
    rest = rest.slice(0, question)
  }
  const slash = rest.indexOf('/')
  if (slash <= 0) return undefined
  purl.type = rest.slice(0, slash).toLowerCase()
  rest = rest.slice(slash + 1).replace(/^\/+|\/+$/g, '')
  // npm scopes may stand undecoded (`@scope/name@1`): the version is behind the last `@` that follows the last `/`.
  const at = rest.lastIndexOf('@')
  if (at > 0 && at > rest.lastIndexOf('/')) {
    purl.version = decode(rest.slice(at + 1))
    rest = rest.slice(0, at)
  } else if (at > 0 && !rest.startsWith('@')) {
    purl.version = decode(rest.slice(at + 1))
    rest = rest.slice(0, at)
  }
  const last = rest.lastIndexOf('/')
  purl.name = decode(rest.slice(last + 1))
  if (last > 0) purl.namespace = decodeSegments(rest.slice(0, last))
  return purl.name === '' || !/^[a-z][a-z0-9.+-]*$/.test(purl.type) ? undefined : purl
}

/** Writes a purl in canonical form: qualifiers sorted, empty ones left out, percent-encoding as the specification's "How to build". */
export function formatPurl({
  type,
  namespace,
  name,
  version,
  qualifiers = {},
  subpath,
}: Omit<Purl, 'qualifiers'> & { qualifiers?: Record<string, string | undefined> }): string {
  if (!namespace?.includes('/') && subpath === undefined && Object.keys(qualifiers).length === 0)
    return `pkg:${type.toLowerCase()}/${namespace ? `${encode(namespace)}/` : ''}${encode(name)}${version ? `@${encode(version)}` : ''}`
  const path = namespace ? `${encodeSegments(namespace)}/` : ''
  const pairs = Object.entries(qualifiers)
    .filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key.toLowerCase()}=${encode(value)}`)
  const query = pairs.length > 0 ? `?${pairs.join('&')}` : ''
  return `pkg:${type.toLowerCase()}/${path}${encode(name)}${version ? `@${encode(version)}` : ''}${query}${subpath ? `#${encodeSegments(subpath)}` : ''}`
}

/**
 * The name an ecosystem's tools and advisories use, from a purl's namespace and name: `@scope/name` (npm), `group:artifact` (Maven),
 * `vendor/package` (Composer), whole module path (Go), the bare name for OS packages and the rest.
 */
export function packageNameOf({ type, namespace, name, subpath }: Purl): string {
  if (
    !namespace ||
    ['deb', 'apk', 'rpm', 'alpm', 'ebuild', 'apk', 'conan', 'bitnami', 'oci', 'docker', 'generic'].includes(type)
  ) {
    return type === 'golang' && subpath ? `${name}/${subpath}` : name
  }
  if (type === 'maven') return `${namespace}:${name}`
  if (type === 'golang' && subpath) return `${namespace}/${name}/${subpath}`
  return `${namespace}/${name}`
}

/** Percent-encodes all but the unreserved characters and `:`, as the specification asks (`/` too: a segment never holds one). */
function encode(text: string): string {
  if (/^[\w.~:-]*$/.test(text)) return text
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%3A/g, ':')
}

function encodeSegments(text: string): string {
  return text
    .split('/')
    .filter(segment => segment !== '')
    .map(encode)
    .join('/')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function decodeSegments(text: string): string {
  return text
    .split('/')
    .filter(segment => segment !== '' && segment !== '.' && segment !== '..')
    .map(decode)
    .join('/')
}
