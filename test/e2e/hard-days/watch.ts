import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Alert } from '../../../src/base/model/runtime.ts'

const launcher = join(import.meta.dirname, '../../../jenner')

/** Why this machine cannot watch containers, or false. */
export function unableToWatch(): string | false {
  if (process.getuid?.() !== 0) return 'needs root'
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF'
  if (!existsSync('/usr/bin/perl')) return 'needs Perl'
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
}

/** A `jenner watch` in a process of its own. */
export interface Watch {
  child: ChildProcess
  alerts: Alert[]
  /** What it said on standard error. */
  said(): string
  /** Waits until the container of this name has raised the rule; undefined when it has not after `patience` ms. */
  heard(container: string, rule: string, patience?: number): Promise<Alert | undefined>
  /** Interrupts it and waits for its end; its exit code, null where it had to be killed. */
  stop(): Promise<number | null>
}

export interface WatchOptions {
  /** Rule files; none: the library. */
  rules?: readonly string[]
  flags?: readonly string[]
  env?: NodeJS.ProcessEnv
  cwd: string
}

/** Starts it and resolves once it sees. */
export async function startWatch({ rules = [], flags = [], env = {}, cwd }: WatchOptions): Promise<Watch> {
  const words = [
    'watch',
    ...rules.flatMap(file => ['-r', file]),
    '-f',
    'json',
    '--lang',
    'en',
    '--state',
    cwd,
    ...flags,
  ]
  const child = spawn(launcher, words, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
  const alerts: Alert[] = []
  let said = ''
  createInterface({ input: child.stdout }).on('line', line => alerts.push(JSON.parse(line) as Alert))
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  const started = await holds(() => said.includes('Watching') || child.exitCode !== null, 60_000)
  if (!started || child.exitCode !== null) throw new Error(`the sensor did not start: ${said}`)
  const find = (container: string, rule: string) =>
    alerts.find(alert => alert.rule === rule && alert.container?.name === container)
  return {
    child,
    alerts,
    said: () => said,
    async heard(container, rule, patience = 30_000) {
      await holds(() => find(container, rule) !== undefined, patience)
      return find(container, rule)
    },
    async stop() {
      child.kill('SIGINT')
      const late = setTimeout(() => child.kill('SIGKILL'), 60_000)
      const code = await ended
      clearTimeout(late)
      return code
    },
  }
}

/** Waits until something holds; false when it does not after `patience` ms. */
export async function holds(done: () => boolean, patience: number): Promise<boolean> {
  const start = performance.now()
  while (!done()) {
    if (performance.now() - start > patience) return false
    await pause(10)
  }
  return true
}

export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** `judged`, `filtered` and `lost` of the line that a watch ends with. */
export function totals(said: string): { judged: number; filtered: number; lost: number } {
  const [, judged, filtered, lost] =
    /([\d,]+) events judged, ([\d,]+) filtered in the kernel, ([\d,]+) lost/.exec(said) ?? []
  const number = (text = 'NaN') => Number(text.replaceAll(',', ''))
  return { judged: number(judged), filtered: number(filtered), lost: number(lost) }
}
