import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isObject, own } from '../../../base/json.ts'
import { withoutEnd } from '../../../base/trim.ts'
import type { Credential } from './credential.ts'
import { askHelper } from './credential-helper.ts'

export interface CredentialSources {
  env: NodeJS.ProcessEnv
  /** Text of a file, undefined where there is none. */
  readFile: (path: string) => string | undefined
  askHelper: typeof askHelper
  /** What could not be used: a broken file. */
  warn?: (what: string) => void
}

export const systemSources: CredentialSources = { env: process.env, readFile: readSmallFile, askHelper }

/**
 * The credential for a repository of a registry, from (first found first):
 * - REGISTRY_AUTH_FILE; Podman's `$XDG_RUNTIME_DIR/containers/auth.json`, `~/.config/containers/auth.json` (containers-auth.json(5))
 * - Docker's `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`
 * Within a file a `credHelpers` entry of the host comes first, then `auths`, then `credsStore`, as in Docker. Undefined: anonymous.
 */
export async function credentialFor(
  registry: string,
  repository: string,
  sources: CredentialSources = systemSources,
  signal?: AbortSignal,
): Promise<Credential | undefined> {
  for (const path of authFiles(sources.env)) {
    const file = parseAuthFile(path, sources)
    if (file === undefined) continue
    const found = await fromFile(file, registry, repository, sources, signal)
    if (found !== undefined) return found
  }
  return undefined
}

function authFiles(env: NodeJS.ProcessEnv): string[] {
  const home = env.HOME || homedir()
  const named = env.REGISTRY_AUTH_FILE
  return [
    ...(named ? [named] : []),
    ...(env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'containers/auth.json')] : []),
    join(env.XDG_CONFIG_HOME || join(home, '.config'), 'containers/auth.json'),
    join(env.DOCKER_CONFIG || join(home, '.docker'), 'config.json'),
  ]
}

function parseAuthFile(path: string, { readFile, warn }: CredentialSources): Record<string, unknown> | undefined {
  const text = readFile(path)
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch {}
  warn?.(path)
  return undefined
}

async function fromFile(
  file: Record<string, unknown>,
  registry: string,
  repository: string,
  sources: CredentialSources,
  signal: AbortSignal | undefined,
): Promise<Credential | undefined> {
  const server = registry === 'docker.io' ? hubServer : registry
  const helper = own(file, 'credHelpers')
  const named = isObject(helper) ? (own(helper, registry) ?? own(helper, server)) : undefined
  if (typeof named === 'string' && named !== '') return sources.askHelper(named, server, signal)
  const stored = storedCredential(own(file, 'auths'), registry, repository)
  if (stored !== undefined) return stored
  const store = own(file, 'credsStore')
  return typeof store === 'string' && store !== '' ? sources.askHelper(store, server, signal) : undefined
}

/** Docker's own name for Docker Hub. */
const hubServer = 'https://index.docker.io/v1/'

/** `auths`: keys are hosts, for Podman also `host/path` (the longest that fits counts), for Docker sometimes URLs. */
function storedCredential(auths: unknown, registry: string, repository: string): Credential | undefined {
  if (!isObject(auths)) return undefined
  const parts = repository.split('/')
  const wanted = parts.map((_, index) => [registry, ...parts.slice(0, parts.length - index)].join('/'))
  for (const name of [...wanted, registry]) {
    for (const [key, value] of Object.entries(auths)) {
      if (nameOfKey(key) !== name) continue
      const credential = decodeEntry(value)
      if (credential !== undefined) return credential
    }
  }
  return undefined
}

function nameOfKey(key: string): string {
  const name = key.replace(/^https?:\/\//, '').replace(/\/(?:v[12]\/?)?$/, '')
  return name === 'index.docker.io' || name === 'registry-1.docker.io' ? 'docker.io' : name
}

/** `auth`: base64 of `user:password`; or both in the clear; `identitytoken`, `registrytoken`. */
function decodeEntry(value: unknown): Credential | undefined {
  if (!isObject(value)) return undefined
  const text = (key: string): string => {
    const found = own(value, key)
    return typeof found === 'string' ? found : ''
  }
  if (text('identitytoken') !== '') return { identityToken: text('identitytoken') }
  if (text('registrytoken') !== '') return { bearer: text('registrytoken') }
  const decoded = withoutEnd(Buffer.from(text('auth'), 'base64').toString('utf8'), '\0')
  const at = decoded.indexOf(':')
  if (at > 0) return { user: decoded.slice(0, at), password: decoded.slice(at + 1) }
  return text('username') === '' ? undefined : { user: text('username'), password: text('password') }
}

const maxFile = 4 * 1024 * 1024

function readSmallFile(path: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    return text.length > maxFile ? undefined : text
  } catch {
    return undefined
  }
}
