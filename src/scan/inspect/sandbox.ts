import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface Command {
  file: string
  args: string[]
}

export interface SandboxLimits {
  /** Bytes of JavaScript heap. */
  heapBytes: number
  openFiles: number
  /** Folders that may be written to. */
  writable: string[]
  /** Take the network away where the system lets us: `unshare` needs root. Sockets of the file system (Docker's) stay reachable. */
  withoutNetwork: boolean
}

/**
 * The command that starts `script` under limits. Node's permission model keeps it from starting processes and from writing elsewhere; the shell sets the
 * number of open files; a network namespace of its own has no interface that is up.
 */
export function sandboxCommand(script: string, limits: SandboxLimits): Command {
  const { heapBytes, openFiles, writable } = limits
  const node = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
    `--max-old-space-size=${Math.max(64, Math.floor(heapBytes / 1024 / 1024))}`,
    // Half of V8's default: what a file leaves behind is garbage soon, and 30 MB less are held at the same speed.
    '--max-semi-space-size=8',
    '--permission',
    '--allow-fs-read=*',
    ...writable.map(folder => `--allow-fs-write=${join(folder, '*')}`),
    '--allow-worker',
    '--allow-addons',
    script,
  ]
  const isolated = limits.withoutNetwork && canUnshare() ? ['unshare', '--net', '--', ...node] : node
  if (process.platform === 'win32') return { file: node[0]!, args: node.slice(1) }
  return { file: '/bin/sh', args: ['-c', `ulimit -n ${openFiles} 2>/dev/null; exec "$@"`, 'sh', ...isolated] }
}

function canUnshare(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.some(folder => folder !== '' && existsSync(join(folder, 'unshare')))
}
