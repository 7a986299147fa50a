import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface ChildOptions {
  name: string
  script: URL
  /** Flags of node, before the script. */
  flags?: string[]
  /** Sent as its first message: settings and secrets are never in argv. */
  order: unknown
  onMessage?(message: unknown): void
  /** A line that it printed, or that says what became of it. */
  say(line: string): void
  signal: AbortSignal
  /** Called when it ended without being asked to; it is started again. */
  onCrash?(reason: string): void
}

const first = 500
const longest = 30_000
/** A child that ran this long was well: the next start is without delay. */
const wellAfter = 60_000
const patience = 15_000

/** Keeps a process of ours running until `signal` aborts; resolves when it has ended then. It is started again whenever it dies, later and later. */
export async function keepRunning(options: ChildOptions): Promise<void> {
  const { name, say, signal } = options
  let wait = first
  while (!signal.aborted) {
    const began = Date.now()
    const reason = await runOnce(options)
    if (signal.aborted) return
    options.onCrash?.(reason)
    if (Date.now() - began > wellAfter) wait = first
    say(`${name}: ${reason}; started again in ${wait / 1000} s`)
    await pause(wait, signal)
    wait = Math.min(longest, wait * 2)
  }
}

function runOnce({ script, flags = [], order, onMessage, say, signal }: ChildOptions): Promise<string> {
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, ...flags, script.pathname], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: environment(),
    // An interrupt of the terminal is for the parent: it ends its children in order.
    detached: true,
  })
  for (const stream of [child.stdout!, child.stderr!]) createInterface({ input: stream }).on('line', say)
  child.on('message', message => onMessage?.(message))
  child.send(order as object)
  const end = (): void => {
    child.kill('SIGTERM')
    setTimeout(() => child.kill('SIGKILL'), patience).unref()
  }
  signal.addEventListener('abort', end, { once: true })
  return new Promise(resolve => {
    child.once('error', error => resolve(error.message))
    child.once('exit', (code, killed) => resolve(killed === null ? `ended with ${code}` : `ended by ${killed}`))
  }).then(reason => {
    signal.removeEventListener('abort', end)
    return reason as string
  })
}

/** What a child inherits: where programs and Docker are, no more. Tokens in our own environment stay here. */
function environment(): NodeJS.ProcessEnv {
  const kept =
    /^(PATH|HOME|LANG|LC_.*|TZ|DOCKER_HOST|DOCKER_CERT_PATH|XDG_.*|NODE_EXTRA_CA_CERTS|https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY|NODE_COMPILE_CACHE)$/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name)))
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true })
  })
}
