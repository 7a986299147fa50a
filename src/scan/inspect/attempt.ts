import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { serialize } from 'node:v8'
import { JennerError } from '../../base/errors.ts'
import type { Artifact, Inventory } from '../../base/model/inventory.ts'
import { openUnlinked } from '../image/content.ts'
import { libyaraEnvironment } from '../malware/yara/allocator.ts'
import { type CurrentFile, readCurrentFile } from './current-file.ts'
import { frameOf, frameReader } from './frames.ts'
import type { WorkerOrder, WorkerReport } from './messages.ts'
import type { InspectProgress } from './request.ts'
import { sandboxCommand } from './sandbox.ts'
import type { LayerSupply, Supply } from './supply.ts'

export interface AttemptLimits {
  /** Absolute, in ms since the epoch. */
  deadline: number
  fileTimeout: number
  maxMemory: number
  writable: string[]
  onProgress?: (progress: InspectProgress) => void
  /** Fetches layers for the worker. */
  supply?: Supply
  signal?: AbortSignal
}

/** How one worker ended: with an inventory, with an error that it told, or dead, and in which file. */
export interface Attempt {
  artifact?: Artifact
  inventory?: Inventory
  /** Reading it again would tell the same. */
  whole?: boolean
  error?: JennerError
  death?: 'crash' | 'memory' | 'timeout' | 'hang'
  file?: string
  detail?: string
}

const watchMs = 100
/** The worker ends its own reading at the deadline; this much later it is ended. */
const graceMs = 5_000
/** Code, buffers and stacks beside the heap. */
const besideHeap = 256 * 1024 * 1024
const openFiles = 1024
const maxStderr = 64 * 1024

/** Whether a network namespace can be had was tried once, and it cannot. */
let networkStays = false

/** Runs one worker to its end. */
export async function attempt(order: WorkerOrder, limits: AttemptLimits): Promise<Attempt> {
  const first = await runWorker(order, limits, !networkStays)
  if (networkStays || !first.detail?.startsWith('unshare')) return first
  networkStays = true
  return runWorker(order, limits, false)
}

function runWorker(order: WorkerOrder, limits: AttemptLimits, withoutNetwork: boolean): Promise<Attempt> {
  const status = openUnlinked(tmpdir())
  const { file, args } = sandboxCommand(workerScript(), {
    heapBytes: limits.maxMemory,
    openFiles,
    writable: limits.writable,
    withoutNetwork,
  })
  const child = spawn(file, args, {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe', status, 'pipe'],
    env: workerEnvironment(order, limits),
  })
  const result: Attempt = {}
  const watch = startWatch(child, status, limits, result)
  const errors: string[] = []
  let size = 0
  child.stderr!.on('data', (chunk: Buffer) => {
    if (size < maxStderr) errors.push(chunk.toString('utf8'))
    size += chunk.length
  })
  let ended: NodeJS.Timeout | undefined
  const answers = (child.stdio as unknown[])[5] as Writable
  answers.on('error', () => {})
  const feed = frameReader(message => take(message as WorkerReport, result, limits, answers))
  child.stdin!.on('error', () => {})
  child.stdin!.end(serialize(order))
  return new Promise((resolve, reject) => {
    ;(child.stdio[3] as Readable).on('data', (chunk: Buffer) => {
      try {
        feed(chunk)
      } catch {
        child.kill('SIGKILL')
      }
      if (ended || !(result.inventory || result.error) || limits.signal?.aborted) return
      // It has said its last word: what is left of it is not waited for, and soon ended.
      ended = setTimeout(() => child.kill('SIGKILL'), graceMs)
      resolve(result)
    })
    child.on('error', error => {
      result.death ??= 'crash'
      result.detail ??= error.message
    })
    child.on('close', (code, signal) => {
      clearTimeout(ended)
      watch.stop()
      if (!result.inventory && !result.error)
        explainDeath(result, readCurrentFile(status), { code, signal, stderr: errors.join('') }, limits.maxMemory)
      closeSync(status)
      if (limits.signal?.aborted) reject(limits.signal.reason)
      else resolve(result)
    })
  })
}

/** In development this file's neighbour, in a release the script of its own beside the bundle. */
function workerScript(): string {
  const name = import.meta.url.endsWith('.ts') ? './worker.ts' : './inspect-worker.js'
  return fileURLToPath(new URL(name, import.meta.url))
}

/** Nothing of the caller's secrets: the worker needs a folder for temporary files, a language for no one, and Node's compile cache. */
function workerEnvironment({ request }: WorkerOrder, { writable }: AttemptLimits): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, HOME, DOCKER_HOST } = process.env
  const cache = writable[1] === undefined ? {} : { NODE_COMPILE_CACHE: join(writable[1], 'compiled') }
  const yara = request.scanners?.includes('malware') ? libyaraEnvironment : {}
  return {
    PATH,
    ...(TMPDIR && { TMPDIR }),
    ...(HOME && { HOME }),
    ...(DOCKER_HOST && { DOCKER_HOST }),
    ...cache,
    ...yara,
  }
}

function take(message: WorkerReport, result: Attempt, { onProgress, supply }: AttemptLimits, answers: Writable): void {
  if (message.kind === 'layer') {
    const { index, next } = message
    supply?.(index, next).then(answer => {
      for (const part of frameOf({ index, answer } satisfies LayerSupply)) answers.write(part)
    })
  }
  if (message.kind === 'progress') onProgress?.(message.progress)
  if (message.kind === 'artifact') result.artifact = message.artifact
  if (message.kind === 'inventory') {
    result.inventory = message.inventory
    result.whole = message.whole
  }
  if (message.kind === 'error') result.error = new JennerError(message.code, message.detail)
}

/** Ends the worker when it holds too much, takes too long in all or in one file, or is not wanted any more. */
function startWatch(child: ChildProcess, status: number, limits: AttemptLimits, result: Attempt): { stop(): void } {
  let last: CurrentFile | undefined
  let since = Date.now()
  const end = (death: Attempt['death'], detail: string): void => {
    result.death ??= death
    result.detail ??= detail
    child.kill('SIGKILL')
  }
  const look = (): void => {
    const now = Date.now()
    if (now > limits.deadline + graceMs) return end('timeout', 'the time for this artifact is over')
    const rss = residentBytes(child.pid)
    if (rss > limits.maxMemory + besideHeap) return end('memory', `${Math.round(rss / 1024 ** 2)} MiB held`)
    const current = readCurrentFile(status)
    if (current === undefined || current.count !== last?.count) since = now
    last = current
    if (current && now - since > limits.fileTimeout) end('hang', `more than ${limits.fileTimeout} ms in one file`)
  }
  const timer = setInterval(look, watchMs)
  const abort = (): void => void child.kill('SIGKILL')
  limits.signal?.addEventListener('abort', abort, { once: true })
  return {
    stop() {
      clearInterval(timer)
      limits.signal?.removeEventListener('abort', abort)
    },
  }
}

/** proc(5): VmRSS of status, in KiB. 0 where there is no /proc. */
function residentBytes(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

function explainDeath(
  result: Attempt,
  current: CurrentFile | undefined,
  { code, signal, stderr }: { code: number | null; signal: NodeJS.Signals | null; stderr: string },
  maxMemory: number,
): void {
  if (current) result.file = current.path
  if (/heap out of memory|Array buffer allocation failed|bad_alloc/i.test(stderr)) {
    result.death ??= 'memory'
    result.detail ??= `more than ${Math.round(maxMemory / 1024 ** 2)} MiB (--max-memory)`
  }
  result.death ??= 'crash'
  const failure = /^unshare: .*/m.exec(stderr)?.[0]
  result.detail ??= failure ?? `ended by ${signal ?? `exit code ${code}`}${lastLine(stderr)}`
}

function lastLine(text: string): string {
  const line = text.split('\n').findLast(part => /error|fatal/i.test(part))
  return line === undefined ? '' : `: ${line.trim().slice(0, 200)}`
}
