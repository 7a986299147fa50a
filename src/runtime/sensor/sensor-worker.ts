import { readdirSync, readFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { JennerError } from '../../base/errors.ts'
import { bootAhead, createWallClock } from './clock.ts'
import { createDecoder } from './decode.ts'
import { drain } from './drain.ts'
import type { CreateJudge, Judge } from './judge.ts'
import { type Kernel, loadKernel } from './kernel.ts'
import type { FileId, MountPolicy, Policies, Policy, Switches } from './policies.ts'
import { createProcessTable } from './processes.ts'
import { readAll, readProcess } from './procfs.ts'

/** What the starter sends. */
export type Command =
  | { kind: 'policy'; containerId: string; policy: Policy; switches: Switches; mounts: MountPolicy[]; paths: string[] }
  | { kind: 'allow'; containerId: string; files: FileId[] }
  | { kind: 'forget'; containerId: string }
  | { kind: 'counters'; id: number }
  | { kind: 'post'; value: unknown }
  | { kind: 'attach' }
  | { kind: 'close' }

interface Start {
  judge: string
  judgeOptions: unknown
  host: boolean
  policy: Policy
  /** ms between the first record of a batch and its reading. */
  batch: number
}

const port = parentPort!
const start = workerData as Start
const batchLimit = 20_000
const idle = 10
/** Where nothing came for so many rounds it waits longer: a record wakes it at once, orders and answers of others wait. */
const quietRounds = 200
const rest = 40
/** The rules' code is many small functions: the engine makes one of more of them than it would by itself, which takes a sixth off an event. */
const inlining = '--max-inlined-bytecode-size-cumulative=4000'

try {
  await run()
} catch (error) {
  const known = error instanceof JennerError
  port.postMessage({
    kind: 'failed',
    code: known ? error.code : 'internal',
    detail: known ? error.detail : String(error),
  })
}
port.close()

interface State {
  open: boolean
  received: number
  judged: number
  failed: number
  /** Questions for the counters, answered between batches. */
  asked: number[]
}

/**
 * Above ordinary programs: on a machine that is busy to the brim the rings must be read all the same. This thread (setpriority(2) on Linux takes
 * threads) and those that collect its garbage, which it waits for.
 */
function hurry(): void {
  try {
    setPriority(0, -10)
    const threads = '/proc/self/task'
    for (const id of readdirSync(threads))
      if (readFileSync(`${threads}/${id}/comm`, 'latin1').startsWith('V8Worker')) setPriority(Number(id), -10)
  } catch {
    // Without CAP_SYS_NICE it goes on as everybody does; what is lost by it is counted.
  }
}

async function run(): Promise<void> {
  hurry()
  setFlagsFromString(inlining)
  const { createJudge } = (await import(start.judge)) as { createJudge: CreateJudge }
  const judge = await createJudge(start.judgeOptions, { post: value => port.postMessage({ kind: 'judge', value }) })
  const loaded = loadKernel({ host: start.host, policy: start.policy })
  const state: State = { open: true, received: 0, judged: 0, failed: 0, asked: [] }
  const groups = new Map<bigint, string>()
  const attach = new Promise<void>(resolve =>
    port.on('message', (command: Command) => {
      if (command.kind === 'attach') resolve()
      else obey(command, loaded, judge, groups, state)
    }),
  )
  port.postMessage({ kind: 'loaded' })
  await attach
  const kernel = loaded.attach()
  const decoder = prepare(kernel, groups)
  port.postMessage({ kind: 'ready', lost: kernel.lost })
  const take: Take = (data, from, to) => {
    state.received++
    try {
      const event = decoder.decode(data, from, to)
      if (!event) return
      judge.onEvent(event)
      state.judged++
    } catch (error) {
      /* One event that a judge cannot take must not blind it to the next. */
      state.failed++
      if (state.failed === 1) port.postMessage({ kind: 'stumbled', detail: String(error) })
    }
  }
  await loop(kernel, judge, state, take)
  judge.onClose?.()
  kernel.close()
}

type Take = (data: Buffer, from: number, to: number) => void

async function loop(kernel: Kernel, judge: Judge, state: State, take: Take): Promise<void> {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  let ticked = 0
  let full = false
  let quiet = 0
  while (state.open) {
    // Records that come together are read together; where none came there is nothing to wait for.
    if (!full && kernel.wait(quiet < quietRounds ? idle : rest)) Atomics.wait(sleeper, 0, 0, start.batch)
    const count = drain(kernel.rings, batchLimit, take)
    full = count === batchLimit
    quiet = count === 0 ? quiet + 1 : 0
    const now = Date.now()
    if (now - ticked >= 100) {
      ticked = now
      judge.onTick?.(now)
    }
    answer(kernel, state, take)
    await setImmediate()
  }
  drain(kernel.rings, Number.MAX_SAFE_INTEGER, take)
}

/** Counts at a moment when the rings are empty, if there is one soon. */
function answer(kernel: Kernel, state: State, take: Take): void {
  if (state.asked.length === 0) return
  let counters = kernel.counters()
  for (let round = 0; round < 20 && counters.sent !== state.received; round++) {
    drain(kernel.rings, batchLimit, take)
    counters = kernel.counters()
  }
  const { judged, received, failed } = state
  for (const id of state.asked.splice(0))
    port.postMessage({ kind: 'counters', id, counters: { ...counters, judged, received, failed } })
}

function prepare(kernel: Kernel, groups: Map<bigint, string>) {
  const boot = bootAhead()
  const processes = createProcessTable({ readProcess: pid => readProcess(pid, boot) })
  for (const process of readAll(boot)) processes.put(process)
  const clock = createWallClock()
  return createDecoder({
    arch: process.arch,
    processes,
    wallOffset: clock,
    onGroup(cgroup, id) {
      remember(groups, cgroup, id)
      kernel.met(id, cgroup)
    },
    containerOf: cgroup => {
      const id = groups.get(cgroup) ?? kernel.containerOf(cgroup)
      if (id !== '') remember(groups, cgroup, id)
      return id
    },
  })
}

function remember(groups: Map<bigint, string>, cgroup: bigint, id: string): void {
  groups.set(cgroup, id)
  if (groups.size > 8192) groups.delete(groups.keys().next().value!)
}

function obey(
  command: Exclude<Command, { kind: 'attach' }>,
  kernel: Policies,
  judge: Judge,
  groups: Map<bigint, string>,
  state: State,
): void {
  if (command.kind === 'close') state.open = false
  else if (command.kind === 'post') judge.onMessage?.(command.value)
  else if (command.kind === 'counters') state.asked.push(command.id)
  else if (command.kind === 'forget') kernel.forgetPolicy(command.containerId)
  else {
    const cgroups = [...groups].filter(([, id]) => id === command.containerId).map(([cgroup]) => cgroup)
    try {
      if (command.kind === 'allow') kernel.allow(cgroups, command.files)
      else
        kernel.setPolicy(command.containerId, cgroups, command.policy, command.switches, command.mounts, command.paths)
      port.postMessage({ kind: 'done' })
    } catch (error) {
      port.postMessage({ kind: 'done', detail: error instanceof JennerError ? error.detail : String(error) })
    }
  }
}
