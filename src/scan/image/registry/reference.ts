import { JennerError } from '../../../base/errors.ts'
import { isDigest } from '../digest.ts'

/** An image's name, taken apart and completed as Docker completes it. */
export interface Reference {
  /** The registry's host and port as people write it: `docker.io`, `registry.example:5000`. */
  registry: string
  /** `library/nginx` */
  repository: string
  /** Absent where a digest alone names the image. */
  tag?: string
  digest?: string
}

const maxLength = 1024
const hub = 'docker.io'
const hubAliases = new Set([hub, 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'])

/**
 * The grammar of distribution/reference: `[domain/]path[:tag][@digest]`. The first part is a domain when it has a dot, a port or an upper-case letter or is
 * `localhost`; without one the image is of Docker Hub, and there without an owner of `library`. No tag and no digest: `latest`.
 * Throws bad_argument.
 */
export function parseReference(text: string): Reference {
  const bad = (why: string): JennerError => new JennerError('bad_argument', `${text.slice(0, 200)}: ${why}`)
  if (text.length === 0 || text.length > maxLength) throw bad('not a name of an image')
  const [rest, digest] = cut(text, text.indexOf('@'))
  if (digest !== undefined && !isDigest(digest)) throw bad('not a digest: sha256:… with 64 hexadecimal digits')
  const colon = rest.indexOf(':', rest.lastIndexOf('/') + 1)
  const [name, tag] = cut(rest, colon)
  if (tag !== undefined && !/^\w[\w.-]{0,127}$/.test(tag)) throw bad('not a tag')
  const [registry, path] = splitDomain(name)
  const repository = registry === hub && !path.includes('/') ? `library/${path}` : path
  if (repository.length > 255 || !repository.split('/').every(isPathComponent)) throw bad('not a name of an image')
  return {
    registry,
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    ...(tag === undefined && digest === undefined && { tag: 'latest' }),
  }
}

/** `docker.io/library/nginx:1.25`: the name in full, as containerd's and Podman's stores have it. */
export function fullName({ registry, repository, tag, digest }: Reference): string {
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
}

/** The host that speaks for a registry: Docker Hub's is another one than its name. */
export function apiHost(registry: string): string {
  return registry === hub ? 'registry-1.docker.io' : registry
}

function cut(text: string, at: number): [string, string | undefined] {
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

function splitDomain(name: string): [string, string] {
  const at = name.indexOf('/')
  const first = at < 0 ? '' : name.slice(0, at)
  const isDomain = /[.:A-Z]/.test(first) || first === 'localhost'
  if (!isDomain) return [hub, name]
  const host = first.toLowerCase()
  if (!isHost(host)) throw new JennerError('bad_argument', `${name.slice(0, 200)}: not a host`)
  // A host without a dot is one by its capitals: they must stay, or its name would be another image's.
  const kept = /[.:]/.test(host) || host === 'localhost' ? host : first
  return [hubAliases.has(host) ? hub : kept, name.slice(at + 1)]
}

/** `host`, `host:port`, `[v6]:port` */
export function isHost(text: string): boolean {
  const parts = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9][a-z0-9.-]{0,252})(?::(\d{1,5}))?$/.exec(text)
  return parts !== null && Number(parts[2] ?? 1) > 0 && Number(parts[2] ?? 1) < 65_536
}

/** `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`, read in one pass. */
function isPathComponent(text: string): boolean {
  return (
    /^[a-z0-9._-]+$/.test(text) && /^[a-z0-9]/.test(text) && /[a-z0-9]$/.test(text) && !/\.\.|\._|_\.|___/.test(text)
  )
}
