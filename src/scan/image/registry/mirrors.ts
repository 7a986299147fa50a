import { JennerError } from '../../../base/errors.ts'
import { isHost, type Reference } from './reference.ts'

/** A registry that holds copies of another's images. */
export interface Mirror {
  /** Whose images: `docker.io`. */
  of: string
  host: string
  /** Stands before the repository: `proxy/hub`. */
  prefix: string
}

/** `HOST[/PREFIX]` for Docker Hub, or `REGISTRY=HOST[/PREFIX]`; `https://` before the host is taken for what it says. Throws bad_argument. */
export function parseMirror(text: string): Mirror {
  const at = text.indexOf('=')
  const of = at < 0 ? 'docker.io' : text.slice(0, at)
  const [host = '', ...path] = text
    .slice(at + 1)
    .replace(/^https:\/\//, '')
    .replace(/\/+$/, '')
    .split('/')
  if (!isHost(of) || !isHost(host) || !path.every(part => /^[a-z0-9._-]+$/.test(part)))
    throw new JennerError('bad_argument', `${text.slice(0, 200)}: a mirror is HOST[/PREFIX] or REGISTRY=HOST[/PREFIX]`)
  return { of, host, prefix: path.join('/') }
}

/** Where an image may be had, in order: its mirrors, then its own registry. */
export function placesOf(reference: Reference, mirrors: readonly Mirror[]): Reference[] {
  const copies = mirrors
    .filter(({ of }) => of === reference.registry)
    .map(({ host, prefix }) => ({
      ...reference,
      registry: host,
      repository: prefix === '' ? reference.repository : `${prefix}/${reference.repository}`,
    }))
  return [...copies, reference]
}
