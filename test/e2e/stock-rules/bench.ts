import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Alert } from '../../../src/base/model/runtime.ts'
import { dockerAsync } from '../../../src/runtime/drill/docker.ts'
import type { Deed } from './case.ts'

const launcher = join(import.meta.dirname, '../../../jenner')
const fences = ['--rm', '--pull', 'never', '--network', 'none', '--pids-limit', '64', '--memory', '128m']
const runLimit = 120_000
const startLimit = 60_000

/** One `jenner watch` for all containers of the test. */
export interface Watch {
  /** What was raised by the container of this name, or by processes of the host (`''`), in the order it came. */
  raisedBy(container: string): string[]
  /** Waits until the container has raised the rule; false when it has not after `patience` ms. */
  heard(container: string, rule: string, patience: number): Promise<boolean>
  /** What the sensor said. */
  said(): string
  stop(): void
}

/** What else `jenner watch` is given. */
export interface WatchOptions {
  flags?: readonly string[]
  /** The command that runs it. */
  by?: readonly string[]
}

/** Starts `jenner watch` with the rule files and resolves once it sees. */
export async function startWatch(
  files: readonly string[],
  folder: string,
  { flags = [], by = [] }: WatchOptions = {},
): Promise<Watch> {
  const raised = new Map<string, string[]>()
  let said = ''
  const args = ['watch', ...flags, ...files.flatMap(file => ['-r', file]), '-f', 'json', '--lang', 'en']
  const [command = launcher, ...words] = [...by, launcher, ...args]
  const child: ChildProcess = spawn(command, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  createInterface({ input: child.stdout! }).on('line', line => {
    const alert = JSON.parse(line) as Alert
    const name = alert.container?.name ?? ''
    raised.set(name, [...(raised.get(name) ?? []), alert.rule])
  })
  child.stderr!.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const raisedBy = (container: string): string[] => raised.get(container) ?? []
  if (!(await holds(() => said.includes('Watching') || child.exitCode !== null, startLimit)) || child.exitCode !== null)
    throw new Error(`the sensor did not start: ${said}`)
  return {
    raisedBy,
    heard: (container, rule, patience) => holds(() => raisedBy(container).includes(rule), patience),
    said: () => said,
    stop: () => void child.kill('SIGINT'),
  }
}

/** Runs a deed in a container of its own and resolves when it has ended, with what Docker itself complained of. */
export async function runDeed(image: string, name: string, { script, options = [] }: Deed): Promise<string> {
  const args = ['run', ...fences, '--name', name, ...options, '--entrypoint', '/bin/sh', image, '-c', script]
  const { status, stderr } = await dockerAsync(args, runLimit)
  // 125: Docker could not start it; what fails inside is no failure, for an attack that is refused is still one.
  return status === 125 || status === 124 ? stderr.trim() || `exit ${status}` : ''
}

export async function holds(done: () => boolean, patience: number): Promise<boolean> {
  const start = performance.now()
  while (!done()) {
    if (performance.now() - start > patience) return false
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  return true
}
