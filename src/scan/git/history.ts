import { JennerError } from '../../base/errors.ts'
import { MiB } from '../../base/limits.ts'
import { openObjects } from './object-reader.ts'
import { gitMissing, killGroup, runGit, startGit } from './run-git.ts'

/** One version of a file that any branch, tag or reflog leads to. */
export interface HistoricFile {
  /** The commit that brought it, the oldest that did. */
  commit: string
  path: string
  bytes: Buffer
}

export interface HistoryProblem {
  commit: string
  path: string
  code: 'too_large' | 'too_many' | 'malformed' | 'timed_out'
  detail: string
}

export interface HistoryOptions {
  /** Versions above this are told, not read. Default 5 MiB. */
  maxFileBytes?: number
  /** Versions in all. Default two million. */
  maxFiles?: number
  /** Which are wanted, by path; default all. */
  wants?: (path: string) => boolean
  onProblem?: (problem: HistoryProblem) => void
  signal?: AbortSignal
}

interface Version {
  commit: string
  path: string
  blob: string
}

const group = 256
const maxDamaged = 100

/**
 * Every version of every file in all of a repository's commits, each content once, oldest commit first. `folder`: a work tree or a bare repository; nothing in it
 * is run, nothing fetched. Damaged, missing and huge objects are problems. Throws git_failed when there is no repository.
 */
export async function* walkHistory(folder: string, options: HistoryOptions = {}): AsyncGenerator<HistoricFile> {
  const { maxFileBytes = 5 * MiB, signal } = options
  let objects = openObjects(folder, signal)
  let damaged = 0
  try {
    for await (const versions of grouped(versionsOf(folder, options))) {
      const sizes = await objects.sizes(versions.map(({ blob }) => blob))
      let fitting = versions.filter((version, index) => isWanted(version, sizes[index], maxFileBytes, options))
      while (fitting.length > 0) {
        let read = 0
        try {
          for await (const bytes of objects.contents(fitting.map(({ blob }) => blob))) {
            const { commit, path } = fitting[read++]!
            if (bytes !== undefined) yield { commit, path, bytes }
          }
          break
        } catch (error) {
          signal?.throwIfAborted()
          const { commit, path } = fitting[read]!
          if (!(error instanceof JennerError) || ++damaged > maxDamaged) throw error
          options.onProblem?.({ commit, path, code: 'malformed', detail: error.detail })
          objects.close()
          objects = openObjects(folder, signal)
          fitting = fitting.slice(read + 1)
        }
      }
      signal?.throwIfAborted()
    }
  } finally {
    objects.close()
  }
}

/** Whether older commits were left out when the repository was fetched. */
export async function isShallow(folder: string, signal?: AbortSignal): Promise<boolean> {
  const answer = await runGit(['rev-parse', '--is-shallow-repository'], { cwd: folder, ...(signal && { signal }) })
  return answer.trim() === 'true'
}

function isWanted(
  { commit, path, blob }: Version,
  found: { type: string; size: number } | undefined,
  limit: number,
  { onProblem }: HistoryOptions,
): boolean {
  if (found === undefined) {
    onProblem?.({ commit, path, code: 'malformed', detail: `object ${blob} is not there` })
    return false
  }
  if (found.type === 'blob' && found.size > limit)
    onProblem?.({ commit, path, code: 'too_large', detail: `${found.size} bytes, at most ${limit}` })
  return found.type === 'blob' && found.size > 0 && found.size <= limit
}

async function* grouped(versions: AsyncIterable<Version>): AsyncGenerator<Version[]> {
  let waiting: Version[] = []
  for await (const version of versions) {
    waiting.push(version)
    if (waiting.length < group) continue
    yield waiting
    waiting = []
  }
  if (waiting.length > 0) yield waiting
}

/**
 * What each commit brought (also those that only the reflog still leads to: amended, or of deleted branches), from `git log --raw -z`: NUL-separated, a commit's line, then for each file a line of modes and names and its path
 * (git-diff(1), "RAW OUTPUT FORMAT"; `-c` for merges: only what is in none of the parents, with a colon per parent).
 */
async function* versionsOf(folder: string, options: HistoryOptions): AsyncGenerator<Version> {
  const { maxFiles = 2_000_000, wants, onProblem, signal } = options
  const words = ['log', '--all', '--reflog', '--reverse', '--topo-order', '--root', '-c', '--raw', '-z', '--no-abbrev']
  const child = startGit([...words, '--no-renames', '--no-textconv', '--no-ext-diff', '--format=%x01%H', '--'], {
    cwd: folder,
    ...(signal && { signal }),
  })
  child.stdin!.end()
  const seen = new Set<string>()
  let commit = ''
  let blob: string | undefined
  let expectsPath = false
  try {
    for await (const token of tokensOf(child)) {
      if (expectsPath) {
        expectsPath = false
        if (blob === undefined || seen.has(blob) || wants?.(token) === false) continue
        if (seen.size >= maxFiles) {
          onProblem?.({ commit, path: token, code: 'too_many', detail: `more than ${maxFiles} versions of files` })
          return
        }
        seen.add(blob)
        yield { commit, path: token, blob }
        continue
      }
      const line = token.replace(/^\n+/, '')
      const head = /^\x01([0-9a-f]{40,64})/.exec(line)
      if (head) commit = head[1]!
      const raw = /^:{1,64}(?:[0-7]{6} ){1,65}((?:[0-9a-f]{40,64} ){1,65})[A-Z]{1,64}$/.exec(
        line.slice(line.indexOf(':')),
      )
      if (!line.includes(':') || !raw) continue
      expectsPath = true
      const mode = /(\d{6}) [0-9a-f]{40,64} /.exec(line)?.[1] ?? ''
      const name = raw[1]!.trim().split(' ').at(-1)!
      // 100644 and 100755 are files; links and submodules hold no text of their own; zeros: it was deleted.
      blob = /^0+$/.test(name) || !mode.startsWith('100') ? undefined : name
    }
    if (child.exitCode !== 0 && child.exitCode !== null && seen.size === 0)
      throw new JennerError('git_failed', `${folder}: no git repository, or damaged`)
    if (child.exitCode !== 0)
      onProblem?.({ commit, path: '', code: 'malformed', detail: 'git log broke off: a commit is damaged' })
  } finally {
    killGroup(child)
  }
}

const maxToken = 64 * 1024

/** Pieces between NULs; waits for the end of the process, so that its exit code is known. */
async function* tokensOf(child: ReturnType<typeof startGit>): AsyncGenerator<string> {
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', error => reject(gitMissing(error)))
    child.on('close', () => resolve())
  })
  ended.catch(() => {})
  child.stderr!.resume()
  let rest = ''
  for await (const piece of child.stdout as AsyncIterable<Buffer>) {
    const tokens = (rest + piece.toString('latin1')).split('\0')
    rest = tokens.pop()!
    if (rest.length > maxToken) throw new JennerError('git_failed', 'git log: a name without end')
    for (const token of tokens) yield Buffer.from(token, 'latin1').toString('utf8')
  }
  if (rest !== '') yield Buffer.from(rest, 'latin1').toString('utf8')
  await ended
}
