import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Alert } from '../../src/base/model/runtime.ts'
import { buildImage } from '../../src/runtime/drill/image.ts'

const root = join(import.meta.dirname, '../..')

/** Why a test with a sensor and a container cannot run here; false when it can. */
export function reasonToSkip(): string | false {
  if (process.getuid?.() !== 0) return 'needs root'
  if (!existsSync('/sys/kernel/btf/vmlinux')) return 'needs a kernel with BTF'
  return spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0 ? false : 'needs Docker'
}

/** A container and a `jenner watch -f json` beside it, in a folder of their own. */
export interface WatchBench {
  base: string
  /** Full id, image id and name of the container. */
  id: string
  imageId: string
  name: string
  alerts: Alert[]
  said(): string
  pid(): number
  sh(script: string): { status: number | null; stdout: string; stderr: string }
  /** The first alert of a rule for this container; fails when none comes in time. */
  alert(rule: string, patience?: number): Promise<Alert>
  until(done: () => boolean, what: string, patience?: number): Promise<void>
  /** Starts the watch, anew where one runs. */
  watch(more?: string[]): Promise<void>
  /** Interrupts the watch and waits for its end, and for all that it said. */
  stop(): Promise<void>
  close(): Promise<void>
}

export async function openBench(
  part: string,
  { args = [], run = [], start = true }: { args?: string[]; run?: string[]; start?: boolean } = {},
): Promise<WatchBench> {
  const base = mkdtempSync(join(tmpdir(), `jenner-${part}-`))
  const name = `jenner-e2e-${part}-${process.pid}`
  const image = `${name}:1.0`
  buildImage(image)
  const [id = ''] = lines('docker', ['run', '-d', '--name', name, ...run, image, 'sleep', '600'])
  const [imageId = ''] = lines('docker', ['inspect', '-f', '{{.Image}}', name])
  const alerts: Alert[] = []
  let said = ''
  let child: ReturnType<typeof spawn> | undefined
  const until: WatchBench['until'] = async (done, what, patience = 30_000) => {
    const begun = performance.now()
    while (!done()) {
      if (performance.now() - begun > patience)
        assert.fail(
          `${what}; said: ${said}; alerts: ${alerts.map(alert => `${alert.container?.name}: ${alert.rule}: ${alert.output.slice(0, 300)}`).join('\n')}`,
        )
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  }
  const stop = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    // All that it said is heard only when its streams are closed.
    const ended = new Promise(resolve => child!.once('close', resolve))
    child.kill('SIGINT')
    await ended
  }
  const watch = async (more: string[] = []): Promise<void> => {
    await stop()
    said = ''
    const words = ['watch', '-f', 'json', '--lang', 'en', '--state', join(base, 'state'), ...args, ...more]
    const started = spawn(join(root, 'jenner'), words, { cwd: base })
    child = started
    createInterface({ input: started.stdout }).on('line', line => alerts.push(JSON.parse(line) as Alert))
    started.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    await until(() => said.includes('Watching') || started.exitCode !== null, 'the sensor did not start', 60_000)
    assert.ok(said.includes('Watching'), said)
  }
  const bench: WatchBench = {
    base,
    id,
    imageId,
    name,
    alerts,
    said: () => said,
    pid: () => child?.pid ?? 0,
    sh: script => {
      const { status, stdout, stderr } = spawnSync('docker', ['exec', name, 'sh', '-c', script], { encoding: 'utf8' })
      return { status, stdout, stderr }
    },
    async alert(rule, patience) {
      const found = () => alerts.find(alert => alert.rule === rule && alert.container?.id === id)
      await until(() => found() !== undefined, `no alert of ${rule}`, patience)
      return found()!
    },
    until,
    watch,
    stop,
    async close() {
      await stop()
      spawnSync('docker', ['rm', '-f', name], { stdio: 'ignore' })
      spawnSync('docker', ['rmi', '-f', image], { stdio: 'ignore' })
      rmSync(base, { recursive: true, force: true })
    },
  }
  if (start) await watch()
  return bench
}

function lines(command: string, words: string[]): string[] {
  return execFileSync(command, words, { encoding: 'utf8' }).trim().split('\n')
}
