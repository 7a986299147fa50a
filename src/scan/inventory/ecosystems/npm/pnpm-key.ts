import { isVersion } from './package.ts'

/** Name and version that a key of pnpm's `packages` states; version `''` where the key holds an address instead. */
export interface PnpmIdentity {
  name: string
  version: string
}

/**
 * Keys of `packages` by lockfileVersion (pnpm/dependency-path):
 *
 *     <5    /name/1.0.0/react@17.0.2
 *     5.x   /name/1.0.0   /@scope/name/1.0.0_react@17.0.2   registry.host/name/1.0.0   github.com/user/repo/commit   file:dir
 *     6.x   /name@1.0.0(react@17.0.2)   registry.host/name@1.0.0   github.com/user/repo/commit
 *     9.x   name@1.0.0   name@https://codeload.github.com/user/repo/tar.gz/commit   name@file:dir
 *
 * What follows `(`, or `_` in a version of 5.x, names the peers that a copy was built with.
 */
export function readPnpmKey(key: string, lockfileVersion: number): PnpmIdentity {
  const bare = withoutPeers(key)
  if (/^(?:file|link):/.test(bare)) return { name: '', version: '' }
  return lockfileVersion >= 6 ? readAtKey(bare) : readSlashKey(bare)
}

/** `1.0.0(react@17.0.2)` or `/name@1.0.0(react@17.0.2)(x@1)` without its peers. */
export function withoutPeers(text: string): string {
  const at = text.indexOf('(')
  return at < 0 ? text : text.slice(0, at)
}

/** `…name@version`: the name begins after a registry's host, and holds at most a scope before it. */
function readAtKey(bare: string): PnpmIdentity {
  const at = bare.startsWith('/') ? bare.indexOf('@', 2) : bare.indexOf('@', 1)
  if (at < 0) return readSlashKey(bare)
  const path = bare.slice(0, at).replace(/^\//, '')
  const rest = bare.slice(at + 1)
  if (/^[a-z+]+:\/\//.test(path)) return { name: '', version: '' }
  // `registry.host/@scope/name@1.0.0`: the first `@` is the scope's.
  if (path.endsWith('/') && rest.includes('@')) return readAtKey(`@${rest}`)
  const name = nameAtEnd(path)
  return { name, version: isVersion(rest) ? rest : '' }
}

/** `…name/version_peers`: the first part that can be a version is it; before 5.0 peers followed as a part of their own (`/name/1.0.0/react@17.0.2`). */
function readSlashKey(bare: string): PnpmIdentity {
  const parts = bare.replace(/^\//, '').split('/')
  const versions = parts.map(part => part.replace(/_.*$/s, ''))
  const first = parts[0]?.startsWith('@') ? 2 : 1
  const at = versions.findIndex((version, index) => index >= first && isVersion(version) && !isCommit(version))
  if (at < 0) return bare.startsWith('/') && bare.includes('@', 2) ? readAtKey(bare) : readAddress(bare)
  return { name: nameAtEnd(parts.slice(0, at).join('/')), version: versions[at]! }
}

/** A commit of digits alone looks like a version. */
const isCommit = (text: string) => /^[0-9a-f]{40}$/.test(text)

/** `github.com/user/repo/commit`: named after the repository until its own `name` is known. */
function readAddress(bare: string): PnpmIdentity {
  const parts = bare.replace(/^[@/]/, '').split('/')
  return { name: parts.length >= 4 ? (parts[2] ?? '') : '', version: '' }
}

function nameAtEnd(path: string): string {
  const parts = path.split('/')
  const last = parts.pop() ?? ''
  const scope = parts.pop()
  return scope?.startsWith('@') ? `${scope}/${last}` : last
}
