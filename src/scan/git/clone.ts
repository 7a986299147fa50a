import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { JennerError } from '../../base/errors.ts'
import { GiB } from '../../base/limits.ts'
import { checkedCommit, checkedRef, type GitAddress, parseAddress } from './address.ts'
import { type GitOptions, runGit } from './run-git.ts'

export interface CloneOptions {
  branch?: string
  tag?: string
  /** Whole or shortened. */
  commit?: string
  /** All commits, branches and tags, not only the newest state of one. */
  history?: boolean
  /** Bytes on disk. Default 10 GiB. */
  maxBytes?: number
  /** Milliseconds. Default 10 minutes. */
  timeout?: number
  workDir?: string
  signal?: AbortSignal
}

export interface Clone {
  folder: string
  /** What is checked out. */
  commit: string
  /** The address without a password. */
  shown: string
  close(): Promise<void>
}

const defaultTimeout = 10 * 60_000
const defaultMaxBytes = 10 * GiB
const watchMs = 1000

/**
 * Fetches a repository with the git program into a temporary folder: the newest state of a branch, a tag or a commit, without submodules, hooks, large-file
 * filters or questions. Throws bad_argument, git_failed, limit_exceeded, timed_out.
 */
export async function cloneRepository(word: string, options: CloneOptions = {}): Promise<Clone> {
  const address = parseAddress(word)
  const name = options.branch ?? options.tag
  const commit = options.commit === undefined ? undefined : checkedCommit(options.commit)
  if ([options.branch, options.tag, options.commit].filter(part => part !== undefined).length > 1)
    throw new JennerError('bad_argument', '--branch, --tag, --commit: one of them')
  const ref = name === undefined ? undefined : checkedRef(name)
  const folder = await mkdtemp(join(options.workDir ?? tmpdir(), '.jenner-git-'))
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true, maxRetries: 3 })
  const guard = startGuard(folder, options)
  try {
    const git: GitOptions = {
      protocols: [address.protocol],
      ...(address.header && { header: { url: address.url, value: address.header } }),
      signal: guard.signal,
    }
    if (options.history) await cloneAll(address, folder, commit ?? ref, git)
    else if (commit !== undefined) await fetchCommit(address, folder, commit, git)
    else await cloneRef(address, folder, ref, git)
    guard.look()
    guard.signal.throwIfAborted()
    const head = await runGit(['rev-parse', 'HEAD'], { cwd: folder, signal: guard.signal })
    return { folder, commit: head.trim(), shown: address.shown, close }
  } catch (error) {
    await close()
    throw error
  } finally {
    guard.stop()
  }
}

const plain = ['--quiet', '--no-recurse-submodules', '--template=']

async function cloneRef({ url }: GitAddress, folder: string, ref: string | undefined, git: GitOptions): Promise<void> {
  const which = ref === undefined ? [] : ['--branch', ref]
  await runGit(['clone', ...plain, '--depth', '1', '--single-branch', '--no-tags', ...which, '--', url, folder], git)
}

async function cloneAll({ url }: GitAddress, folder: string, at: string | undefined, git: GitOptions): Promise<void> {
  await runGit(['clone', ...plain, '--no-checkout', '--', url, folder], git)
  const target = at === undefined ? 'HEAD' : await resolveRef(at, folder, git)
  await runGit(['checkout', '--quiet', '--detach', target], { ...git, protocols: [], cwd: folder })
}

async function resolveRef(name: string, folder: string, git: GitOptions): Promise<string> {
  for (const candidate of [`refs/remotes/origin/${name}`, `refs/tags/${name}`, name]) {
    const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${candidate}^{commit}`]
    const found = await runGit(words, { ...git, cwd: folder }).catch(() => '')
    git.signal?.throwIfAborted()
    if (found !== '') return found.trim()
  }
  throw new JennerError('git_failed', `no branch, tag or commit ${name}`)
}

/** One commit alone, where the server gives commits by their hash; else all of them. */
async function fetchCommit(address: GitAddress, folder: string, commit: string, git: GitOptions): Promise<void> {
  await runGit(['init', '--quiet', '--template=', '--', folder], git)
  try {
    if (commit.length < 40) throw new JennerError('git_failed', 'a shortened hash')
    await runGit(['fetch', '--quiet', '--depth', '1', '--no-tags', '--', address.url, commit], { ...git, cwd: folder })
    await runGit(['checkout', '--quiet', '--detach', 'FETCH_HEAD'], { ...git, protocols: [], cwd: folder })
  } catch (error) {
    git.signal?.throwIfAborted()
    if (!(error instanceof JennerError)) throw error
    await rm(join(folder, '.git'), { recursive: true, force: true })
    await cloneAll(address, folder, commit, git)
  }
}

/** Ends git when it takes too long or fills the disk. */
function startGuard(folder: string, options: CloneOptions): { signal: AbortSignal; look(): void; stop(): void } {
  const { timeout = defaultTimeout, maxBytes = defaultMaxBytes } = options
  const ended = new AbortController()
  const late = setTimeout(() => ended.abort(new JennerError('timed_out', `git: ${timeout} ms`)), timeout)
  const check = (size: number): void => {
    if (size > maxBytes) ended.abort(new JennerError('limit_exceeded', `a repository of more than ${maxBytes} bytes`))
  }
  let busy = false
  const watch = setInterval(async () => {
    if (busy) return
    busy = true
    await sizeOf(folder, maxBytes).then(check, () => {})
    busy = false
  }, watchMs)
  return {
    signal: options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal,
    look: () => check(sizeNow(folder, maxBytes)),
    stop() {
      clearTimeout(late)
      clearInterval(watch)
    },
  }
}

async function sizeOf(folder: string, enough: number): Promise<number> {
  let count = 0
  let size = 0
  for (const bytes of sizes(folder)) {
    size += bytes
    if (size > enough) return size
    if (++count % 500 === 0) await turn()
  }
  return size
}

function sizeNow(folder: string, enough: number): number {
  let size = 0
  for (const bytes of sizes(folder)) {
    size += bytes
    if (size > enough) break
  }
  return size
}

function* sizes(folder: string): Generator<number> {
  const waiting = [folder]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const entry of listQuietly(next)) {
      const path = join(next, entry.name)
      if (entry.isDirectory()) waiting.push(path)
      else yield lstatSync(path, { throwIfNoEntry: false })?.size ?? 0
    }
  }
}

function listQuietly(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
