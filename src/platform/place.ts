import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { JennerError } from '../base/errors.ts'
import { isObject, parseJson } from '../base/json.ts'

/** The state folder of a platform, and what stands where in it. */
export interface Place {
  folder: string
  /** The server's socket: whoever may open it is the platform's keeper. */
  socket: string
  runFile: string
  log: string
  /** The link that sets the first account up, while nobody has used it. */
  setupFile: string
  cache: string
}

/** The process that runs a platform. `started` is its start in clock ticks since boot, which tells reused pids apart (proc(5), stat field 22). */
export interface Running {
  pid: number
  started: string
  url: string
  since: string
}

export function placeOf(folder: string): Place {
  const whole = resolve(folder)
  return {
    folder: whole,
    socket: join(whole, 'jenner.sock'),
    runFile: join(whole, 'run.json'),
    log: join(whole, 'jenner.log'),
    setupFile: join(whole, 'setup-link'),
    cache: join(whole, 'cache'),
  }
}

/** Makes the folder, for its owner alone. Throws output_unwritable. */
export function makePlace({ folder, cache }: Place): void {
  try {
    for (const each of [folder, cache]) mkdirSync(each, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
  } catch (error) {
    throw new JennerError('output_unwritable', `${folder} (${(error as NodeJS.ErrnoException).code})`, error)
  }
}

/** Who runs the platform of this folder now; undefined when nobody does, whatever a crash left behind. */
export function runningAt({ runFile }: Place): Running | undefined {
  try {
    const value = parseJson(readFileSync(runFile, 'utf8'))
    if (!isObject(value) || typeof value.pid !== 'number' || typeof value.started !== 'string') return undefined
    return startOf(value.pid) === value.started ? (value as unknown as Running) : undefined
  } catch {
    return undefined
  }
}

/** Notes that this process runs the platform. Throws already_running. */
export function claim(place: Place, url = ''): void {
  const other = runningAt(place)
  if (other !== undefined && other.pid !== process.pid)
    throw new JennerError('already_running', `${place.folder} (pid ${other.pid}, ${other.url})`)
  const own: Running = { pid: process.pid, started: startOf(process.pid) ?? '', url, since: new Date().toISOString() }
  const draft = `${place.runFile}.${process.pid}.part`
  writeFileSync(draft, `${JSON.stringify(own)}\n`, { mode: 0o600 })
  renameSync(draft, place.runFile)
}

export function disclaim(place: Place): void {
  if (runningAt(place)?.pid === process.pid) rmSync(place.runFile, { force: true })
}

/** Start of a process in clock ticks; undefined when there is none, or where there is no /proc. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // Ended, and nobody has asked how: a first process that looks after no children leaves such behind for ever.
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}
