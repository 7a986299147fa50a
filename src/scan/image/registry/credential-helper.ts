import { spawn } from 'node:child_process'
import { JennerError } from '../../../base/errors.ts'
import type { Credential } from './credential.ts'

const timeoutMs = 15_000
const maxAnswer = 256 * 1024

/**
 * Asks `docker-credential-NAME get` for the credential of a server (docker-credential-helpers: the server on standard input, JSON with `Username` and
 * `Secret` on standard output; a user name `<token>` marks an identity token). Undefined when it has none. Throws registry_denied when it does not work:
 * what it prints is not shown, it may hold the secret.
 */
export async function askHelper(name: string, server: string, signal?: AbortSignal): Promise<Credential | undefined> {
  // The name comes out of a configuration file and becomes a program's name: no path, no flag.
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(name))
    throw new JennerError('bad_argument', `credential helper ${name.slice(0, 80)}`)
  const program = `docker-credential-${name}`
  const { code, output } = await runHelper(program, server, signal)
  if (code !== 0) {
    if (/credentials not found|no credentials/i.test(output)) return undefined
    throw new JennerError('registry_denied', `${program} ended with ${code}`)
  }
  try {
    const { Username, Secret } = JSON.parse(output) as Record<string, unknown>
    if (typeof Username !== 'string' || typeof Secret !== 'string' || Secret === '') return undefined
    return Username === '<token>' ? { identityToken: Secret } : { user: Username, password: Secret }
  } catch {
    throw new JennerError('registry_denied', `${program}: its answer is not JSON`)
  }
}

function runHelper(
  program: string,
  server: string,
  signal: AbortSignal | undefined,
): Promise<{ code: number | string; output: string }> {
  return new Promise((resolve, reject) => {
    // A group of its own: what the helper started ends with it.
    const child = spawn(program, ['get'], { stdio: ['pipe', 'pipe', 'ignore'], detached: true })
    const end = (): void => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
    }
    const late = setTimeout(end, timeoutMs)
    signal?.addEventListener('abort', end, { once: true })
    const pieces: Buffer[] = []
    let size = 0
    child.stdout.on('data', (piece: Buffer) => {
      size += piece.length
      if (size > maxAnswer) end()
      else pieces.push(piece)
    })
    child.stdin.on('error', () => {})
    child.stdin.end(server)
    const settled = (): void => {
      clearTimeout(late)
      signal?.removeEventListener('abort', end)
    }
    child.on('error', error => {
      settled()
      const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
      reject(new JennerError('registry_denied', missing ? `${program} is not installed` : program, error))
    })
    child.on('close', (code, killed) => {
      settled()
      if (signal?.aborted) return reject(signal.reason)
      resolve({ code: code ?? killed ?? 'nothing', output: Buffer.concat(pieces).toString('utf8') })
    })
  })
}
