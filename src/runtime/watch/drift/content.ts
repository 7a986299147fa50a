import { Worker } from 'node:worker_threads'
import type { Process, RuntimeEvent } from '../../../base/model/runtime.ts'
import { bootAhead } from '../../sensor/clock.ts'
import { readProcess } from '../../sensor/procfs.ts'
import { askThread } from '../thread.ts'
import type { HashAnswer, HashQuestion } from './hash-thread.ts'
import { allowedBy, type DriftList, noteContent } from './list.ts'

/** Holds paths that may run to what lay there when they were observed. The kernel cannot hash: a file is looked at once it runs, some milliseconds later. */
export interface DriftContent {
  /** What ran under `observe` is noted in its list. */
  learn(list: DriftList, path: string, event: RuntimeEvent): void
  /** What runs because it is listed is compared; `stop`: its process is killed when it is something else. */
  compare(list: DriftList, path: string, event: RuntimeEvent, stop: boolean): void
  close(): void
}

export interface ContentOptions {
  start: StartHasher
  /** Takes the event `jenner.drift_content`: `path`, `sha256`, `killed`. */
  judge(event: RuntimeEvent): void
  /** A list is another now. */
  onChange(list: DriftList): void
  /** A file that may run could not be compared. */
  onUnknown(path: string, why: string): void
  kill?(process: Process): boolean
}

/** Hashes files in another thread; a test puts its own in. */
export interface Hasher {
  ask(question: HashQuestion): void
  close(): void
}
export type StartHasher = (onAnswer: (answer: HashAnswer) => void, onEnd: (why: string) => void) => Hasher

interface Asked {
  list: DriftList
  path: string
  event: RuntimeEvent
  what: 'learn' | 'compare' | 'stop'
}

const mostAsked = 1000
const mostLearned = 5000
const mostStarts = 5

export function createDriftContent(options: ContentOptions): DriftContent {
  const { start, judge, onChange, onUnknown, kill = killProcess } = options
  const asked = new Map<number, Asked>()
  /** What runs over and over is looked at once while it is observed. */
  const learned = new Set<string>()
  let hasher: Hasher | undefined
  let starts = 0
  let id = 0
  const without = ({ what, list, path }: Asked, why: string): void => {
    if (what !== 'learn') onUnknown(path, why)
    else if (noteContent(list, path, undefined)) onChange(list)
  }
  const onEnd = (why: string): void => {
    hasher = undefined
    const left = [...asked.values()]
    asked.clear()
    for (const each of left) without(each, why)
  }
  const onAnswer = (answer: HashAnswer): void => {
    const question = asked.get(answer.id)
    asked.delete(answer.id)
    if (!question) return
    if (answer.sha256 === undefined) return without(question, answer.why)
    const { what, list, path, event } = question
    if (what === 'learn') {
      if (noteContent(list, path, answer.sha256)) onChange(list)
      return
    }
    const expected = allowedBy(list, path)?.sha256
    if (expected === undefined || expected.length === 0 || expected.includes(answer.sha256)) return
    const killed = what === 'stop' && kill(event.process) ? 1 : 0
    const time = BigInt(Date.now()) * 1_000_000n
    const args = { path, sha256: answer.sha256, killed }
    judge({ ...event, type: 'jenner.drift_content', time, result: 0n, args })
  }
  const ask = (question: Asked): void => {
    if (asked.size >= mostAsked) return without(question, 'too many at once')
    if (hasher === undefined && starts++ < mostStarts) hasher = start(onAnswer, onEnd)
    if (hasher === undefined) return without(question, 'no thread for it')
    asked.set(++id, question)
    hasher.ask({ id, places: placesOf(question.event, question.path), inode: inodeOf(question.event) })
  }
  return {
    learn(list, path, event) {
      const key = `${list.image} ${path} ${inodeOf(event)} ${event.process.exeCtime}`
      if (learned.has(key)) return
      if (learned.size >= mostLearned) learned.clear()
      learned.add(key)
      ask({ list, path, event, what: 'learn' })
    },
    compare(list, path, event, stop) {
      const expected = allowedBy(list, path)?.sha256
      if (expected !== undefined && expected.length > 0) ask({ list, path, event, what: stop ? 'stop' : 'compare' })
    },
    close: () => hasher?.close(),
  }
}

function inodeOf({ type, fd, process }: RuntimeEvent): bigint {
  return (type === 'mmap_exec' ? fd?.inode : process.exeInode) ?? 0n
}

/** Through its own process while that lives, through the container's first, and in the upper layer as the host has it. */
function placesOf({ type, process, container }: RuntimeEvent, path: string): string[] {
  const own = type === 'mmap_exec' ? [] : [`/proc/${process.pid}/exe`]
  if (!path.startsWith('/')) return own
  const first = container && container.pid > 0 ? [`/proc/${container.pid}/root${path}`] : []
  const upper = container?.upperDir === undefined ? [] : [`${container.upperDir}${path}`]
  return [...own, `/proc/${process.pid}/root${path}`, ...first, ...upper]
}

/** ns that the start of a process may seem to differ: /proc tells it in hundredths of a second. */
const tolerance = 30_000_000n

/** Kills a process if it is still the one that was seen. */
function killProcess({ pid, startedAt }: Process): boolean {
  const now = readProcess(pid, bootAhead())
  const apart = now === undefined ? undefined : now.startedAt - startedAt
  if (apart === undefined || apart > tolerance || apart < -tolerance) return false
  try {
    process.kill(pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}

/** Starts the thread that hashes. */
export const startHashThread: StartHasher = (onAnswer, onEnd) =>
  askThread(
    new Worker(new URL('./hash-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 },
    }),
    onAnswer,
    onEnd,
  )
