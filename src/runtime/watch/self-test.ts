import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { controllerOf } from '../sensor/controller.ts'
import { selfTestPrefix } from './options.ts'

/**
 * Whether a file of an overlay's upper layer is told from one of a lower layer rests on how this kernel lays out its own structures. So it is tried: in a cgroup named as a container's,
 * in a mount namespace of its own, on an overlay that vanishes with it, one program of either layer is run, and the sensor has to tell them apart.
 */
export interface SelfTest {
  /** The container id that the test takes. */
  id: string
  /** Tells what the sensor saw of a program. */
  seen(path: string, upper: boolean): void
  /** Runs it. Answers what is wrong; undefined when both were told right. */
  run(): Promise<string | undefined>
  /** The programs ran as they should, and nothing was seen of them: nothing is seen of any container. */
  isBlind(): boolean
}

export interface SelfTestOptions {
  /** Runs the script with the cgroup's file and a folder, and resolves at its end with what it complained of. */
  act?(procs: string, folder: string): Promise<string>
  /** ms that events may take. */
  patience?: number
}

const script = `echo $$ > "$1" && exec unshare -m sh -c '
mount -t tmpfs none "$1" && cd "$1" && mkdir l u w m && cp /bin/true l/lower &&
mount -t overlay none -o lowerdir=l,upperdir=u,workdir=w m && cp /bin/true m/upper && m/lower; m/upper; exit 0' sh "$2"`

export function createSelfTest({ act = actOnOverlay, patience = 2000 }: SelfTestOptions = {}): SelfTest {
  const id = selfTestPrefix + randomBytes(20).toString('hex')
  const found = new Map<string, boolean>()
  let wake = (): void => {}
  let heard = false
  let blind = false
  return {
    id,
    isBlind: () => blind,
    seen(path, upper) {
      heard = true
      const name = path.slice(path.lastIndexOf('/') + 1)
      if (name === 'lower' || name === 'upper') found.set(name, upper)
      if (found.size === 2) wake()
    },
    async run() {
      const cgroup = join(hierarchy(), id)
      const folder = mkdtempSync(join(tmpdir(), 'jenner-layers-'))
      try {
        mkdirSync(cgroup)
        const complaint = await act(join(cgroup, 'cgroup.procs'), folder)
        if (found.size < 2) await Promise.race([pause(patience), new Promise<void>(resolve => (wake = resolve))])
        blind = !heard && complaint === ''
        if (found.size < 2) return `not tried on this kernel: ${complaint || 'no event'}`
        if (found.get('upper') === true && found.get('lower') === false) return undefined
        return 'this kernel lays overlays out otherwise'
      } catch (error) {
        return `not tried on this kernel: ${error instanceof Error ? error.message : error}`
      } finally {
        rmSync(folder, { recursive: true, force: true })
        removeGroup(cgroup)
      }
    },
  }
}

/** Where a cgroup has to stand for the sensor to take it for a container. */
function hierarchy(): string {
  const controller = controllerOf(readFileSync('/proc/self/cgroup', 'utf8'))
  return controller === 1 ? '/sys/fs/cgroup/pids' : controller === 2 ? '/sys/fs/cgroup/memory' : '/sys/fs/cgroup'
}

function actOnOverlay(procs: string, folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', script, 'sh', procs, folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 5000,
    })
    let complaint = ''
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString('utf8')).slice(0, 300)
    })
    child.once('error', reject)
    child.once('close', () => resolve(complaint.trim()))
  })
}

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

function removeGroup(path: string): void {
  try {
    rmdirSync(path)
  } catch {
    // Its last process is still ending; an empty cgroup does no harm.
  }
}
