import { type ChildProcess, spawn } from 'node:child_process'
import { JennerError } from '../../base/errors.ts'
import { withoutSecret } from './address.ts'

export interface GitOptions {
  /** The protocols that may be spoken; none by default: nothing is fetched. */
  protocols?: readonly string[]
  /** An HTTP header with a credential, and the address it belongs to. */
  header?: { url: string; value: string }
  cwd?: string
  signal?: AbortSignal
}

const maxErrorText = 16 * 1024

/**
 * Configuration that takes every way to run something from a repository that is not trusted: hooks, file system monitors, templates, submodules, bundles
 * from other addresses; and every question to the user. The user's own configuration (credential helpers, proxies) stays in force.
 */
const settings = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.alternateRefsCommand=',
  'core.askPass=',
  'core.pager=cat',
  'diff.external=',
  'init.templateDir=',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'transfer.bundleURI=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'advice.detachedHead=false',
  // Repositories of other users are read too: what could harm is off.
  'safe.directory=*',
]

function environment({ protocols = [], header }: GitOptions): NodeJS.ProcessEnv {
  const pairs = header === undefined ? [] : [[`http.${header.url}.extraHeader`, header.value] as const]
  const given = Object.fromEntries(
    pairs.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  )
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:GIT_|JENNER_)/.test(name)))
  return {
    ...inherited,
    ...given,
    GIT_CONFIG_COUNT: String(pairs.length),
    // An empty list would mean "as configured".
    GIT_ALLOW_PROTOCOL: protocols.length > 0 ? protocols.join(':') : 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '/bin/false',
    SSH_ASKPASS: '/bin/false',
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes -oClearAllForwardings=yes',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
  }
}

/** Starts git in a process group of its own, so that its helpers end with it. */
export function startGit(words: string[], options: GitOptions = {}): ChildProcess {
  const child = spawn('git', [...settings.flatMap(setting => ['-c', setting]), ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environment(options),
    detached: true,
    ...(options.cwd && { cwd: options.cwd }),
  })
  const end = (): void => killGroup(child)
  options.signal?.addEventListener('abort', end, { once: true })
  child.on('close', () => options.signal?.removeEventListener('abort', end))
  return child
}

export function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

/** Runs git to its end; its standard output. Throws git_failed with its last words, and the reason of `signal`. */
export async function runGit(words: string[], options: GitOptions = {}): Promise<string> {
  options.signal?.throwIfAborted()
  const child = startGit(words, options)
  child.stdin!.end()
  const [output, errors] = [collect(child.stdout!), collect(child.stderr!)]
  const code = await new Promise<number | string>((resolve, reject) => {
    child.on('error', error => reject(gitMissing(error)))
    child.on('close', (exit, killed) => resolve(exit ?? killed ?? 'nothing'))
  })
  options.signal?.throwIfAborted()
  if (code !== 0) throw new JennerError('git_failed', `git ${words[0]}: ${lastWords(errors.text()) || code}`)
  return output.text()
}

export function gitMissing(error: Error): JennerError {
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
  return new JennerError('git_failed', missing ? 'git is not installed' : error.message, error)
}

function collect(stream: NodeJS.ReadableStream): { text(): string } {
  const pieces: Buffer[] = []
  let size = 0
  stream.on('data', (piece: Buffer) => {
    if (size < maxErrorText) pieces.push(piece)
    size += piece.length
  })
  return { text: () => Buffer.concat(pieces).toString('utf8') }
}

/** What git says last is what went wrong. */
function lastWords(text: string): string {
  const lines = text.split(/[\r\n]+/).filter(line => line.trim() !== '')
  const telling = lines.filter(line => /^(?:fatal|error|remote):/.test(line))
  return withoutSecret((telling.length > 0 ? telling : lines).slice(-2).join(' ')).slice(0, 400)
}
