import { spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs'
import { JennerError } from '../../../base/errors.ts'
import type { ContainerInfo } from '../../../base/model/runtime.ts'
import { containerIdOfProcCgroup } from '../../containers/cgroup-path.ts'

/** A container's network namespace held open: it stays the same one even if the process ends and its pid is given to another. */
export interface NetworkNamespace {
  fd: number
  inode: number
  close(): void
}

/**
 * Opens it, and makes sure that it is the container's (the process still belongs to it) and not the host's own.
 * Throws response_failed: not running, host network, or no right to look.
 */
export function openNamespace({ id, pid, name }: ContainerInfo): NetworkNamespace {
  if (pid <= 0) throw new JennerError('response_failed', `${name} is not running`)
  let fd: number
  try {
    fd = openSync(`/proc/${pid}/ns/net`, 'r')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new JennerError('response_failed', `/proc/${pid}/ns/net (${code})`, error)
  }
  try {
    if (containerIdOfProcCgroup(readFileSync(`/proc/${pid}/cgroup`, 'utf8')) !== id)
      throw new JennerError('response_failed', `process ${pid} is not in ${name}`)
    const inode = fstatSync(fd).ino
    if (isHostNamespace(inode))
      throw new JennerError(
        'response_failed',
        `${name} uses the host's network and cannot be isolated; pause or stop it`,
      )
    return { fd, inode, close: () => closeSync(fd) }
  } catch (error) {
    closeSync(fd)
    if (error instanceof JennerError) throw error
    throw new JennerError('response_failed', `process ${pid} of ${name} is gone`, error)
  }
}

/** The namespace's number of a process, undefined when it is gone. */
export function namespaceInode(pid: number): number | undefined {
  try {
    return pid > 0 ? statSync(`/proc/${pid}/ns/net`).ino : undefined
  } catch {
    return undefined
  }
}

function isHostNamespace(inode: number): boolean {
  return inode === namespaceInode(1) || inode === statSync('/proc/self/ns/net').ino
}

export interface Ran {
  status: number
  stdout: string
  stderr: string
}

const maxOutput = 4 << 20

/** Runs a program in `namespace` (or in ours) with `input`; never through a shell. Throws response_failed when it cannot be started or takes longer than `timeout` ms. */
export function runIn(
  namespace: NetworkNamespace | undefined,
  words: string[],
  input = '',
  timeout = 10_000,
): Promise<Ran> {
  const [command, ...rest] = namespace === undefined ? words : ['nsenter', '--net=/proc/self/fd/3', '--', ...words]
  return new Promise((resolve, reject) => {
    const child = spawn(command!, rest, {
      stdio: ['pipe', 'pipe', 'pipe', ...(namespace === undefined ? [] : [namespace.fd])],
      env: { PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin:/usr/bin:/bin`, LC_ALL: 'C' },
      timeout,
      killSignal: 'SIGKILL',
    })
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name]!.setEncoding('utf8').on('data', (text: string) => {
        if (output[name].length < maxOutput) output[name] += text
      })
    child.on('error', error =>
      reject(
        new JennerError(
          'response_failed',
          `${command}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'not installed' : error.message}`,
          error,
        ),
      ),
    )
    child.on('close', (status, signal) => {
      if (signal !== null) reject(new JennerError('response_failed', `${words[0]}: no answer within ${timeout} ms`))
      else resolve({ status: status ?? 1, ...output })
    })
    child.stdin!.on('error', () => {})
    child.stdin!.end(input)
  })
}

/** Gives `rules` to nft, in one transaction: all or nothing. */
export async function runNft(namespace: NetworkNamespace | undefined, rules: string): Promise<void> {
  const { status, stderr } = await runIn(namespace, ['nft', '-f', '-'], rules)
  if (status !== 0) throw new JennerError('response_failed', `nft: ${stderr.trim().split('\n')[0]}`)
}
