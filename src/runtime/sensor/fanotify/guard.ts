import { type ChildProcess, spawn } from 'node:child_process'
import { JennerError } from '../../../base/errors.ts'

export interface GuardOptions {
  /** First process of the container, in the host's numbering. */
  pid: number
  /** The overlay's upper layer on the host. */
  upperDir: string
  /** A program was not let run. */
  onDenied?(): void
  /** The process had to be killed, or died: for a moment everything ran. `again`: another one has taken over. */
  onLapse?(again: boolean): void
}

export interface Guard {
  /** Of the process that answers now; for tests. */
  pid(): number | undefined
  stop(): Promise<void>
}

/** Silence after which the process counts as stalled, in ms; every program that the container starts waits for it meanwhile. */
const patience = 1000
const startPatience = 10_000
const mostLapses = 5

/**
 * Denies, before they start, programs that are not of a container's image, by fanotify's permission events: slower than the kill in the kernel, but
 * where even the first page of a foreign file must not be mapped. The questions are answered by a process of their own; this is its watchdog and holds no copy
 * of the descriptor, so that the kernel lets everything run when the process is killed. Covers the overlay, not tmpfs or volumes.
 * Throws JennerError unsupported where the kernel refuses it.
 */
export async function startGuard(options: GuardOptions): Promise<Guard> {
  const state = { stopped: false, lapses: 0, child: undefined as ChildProcess | undefined }
  const begin = async (): Promise<void> => {
    const child = spawn(
      process.execPath,
      [new URL('./guard-process.ts', import.meta.url).pathname, String(options.pid), options.upperDir],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    state.child = child
    await started(child, options)
    child.once('exit', () => {
      if (state.stopped) return
      const again = ++state.lapses <= mostLapses
      if (again)
        begin().then(
          () => options.onLapse?.(true),
          () => options.onLapse?.(false),
        )
      else options.onLapse?.(false)
    })
  }
  await begin()
  return {
    pid: () => state.child?.pid,
    async stop() {
      state.stopped = true
      const { child } = state
      if (!child || child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Resolves when it has marked the file system, and watches its beat from then on. */
function started(child: ChildProcess, { onDenied }: GuardOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let complaint = ''
    let timer = setTimeout(() => child.kill('SIGKILL'), startPatience)
    child.stderr!.on('data', (chunk: Buffer) => {
      if (complaint.length < 4096) complaint += chunk.toString()
    })
    child.stdout!.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1')
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), patience)
      if (text.includes('+')) resolve()
      for (const letter of text) if (letter === '!') onDenied?.()
    })
    child.once('exit', () => {
      clearTimeout(timer)
      reject(new JennerError('unsupported', /fanotify_\w+[^\n]*/.exec(complaint)?.[0] ?? 'fanotify'))
    })
  })
}
