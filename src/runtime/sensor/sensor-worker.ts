import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { JennerError } from '../../base/errors.ts'
import { createDecoder } from './decode.ts'
import { drain } from './drain.ts'
import type { CreateJudge, Judge } from './judge.ts'
import { type Kernel, loadKernel, type Policy, type Switches } from './kernel.ts'
import { createProcessTable } from './processes.ts'
import { readAll, readProcess } from './procfs.ts'

/** What the starter sends. */
export type Command =
  | { kind: 'policy'; containerId: string; policy: Policy; switches: Switches }
  | { kind: 'counters'; id: number }
  | { kind: 'post'; value: unknown }
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

async function run(): Promise<void> {
  const { createJudge } = (await import(start.judge)) as { createJudge: CreateJudge }
  const judge = await createJudge(start.judgeOptions, { post: value => port.postMessage({ kind: 'judge', value }) })
  const kernel = loadKernel({ host: start.host, policy: start.policy })
  const state = { open: true, received: 0, judged: 0 }
  const groups = new Map<bigint, string>()
  port.on('message', (command: Command) => obey(command, kernel, judge, groups, state))
  const decoder = prepare(kernel, groups)
  port.postMessage({ kind: 'ready', lost: kernel.lost })
  const take = (data: Buffer, from: number, to: number): void => {
    state.received++
    const event = decoder.decode(data, from, to)
    if (!event) return
    judge.onEvent(event)
    state.judged++
  }
  await loop(kernel, judge, state, take)
  judge.onClose?.()
  kernel.close()
}

type Take = (data: Buffer, from: number, to: number) => void

async function loop(kernel: Kernel, judge: Judge, state: { open: boolean }, take: Take): Promise<void> {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  let ticked = 0
  let full = false
  while (state.open) {
    if (!full) {
      kernel.wait(idle)
      Atomics.wait(sleeper, 0, 0, start.batch)
    }
    full = drain(kernel.rings, batchLimit, take) === batchLimit
    const now = Date.now()
    if (now - ticked >= 100) {
      ticked = now
      judge.onTick?.(now)
    }
    await setImmediate()
  }
  drain(kernel.rings, Number.MAX_SAFE_INTEGER, take)
}

function prepare(kernel: Kernel, groups: Map<bigint, string>) {
  const boot = bootAhead()
  const processes = createProcessTable({ readProcess: pid => readProcess(pid, boot) })
  for (const process of readAll(boot)) processes.put(process)
  let offset = wallOffset()
  let refreshed = Date.now()
  return createDecoder({
    arch: process.arch,
    processes,
    wallOffset: () => {
      const now = Date.now()
      if (now - refreshed > 1000 || now < refreshed) {
        refreshed = now
        offset = wallOffset()
      }
      return offset
    },
    onGroup: (cgroup, id) => groups.set(cgroup, id),
    containerOf: cgroup => {
      const id = groups.get(cgroup) ?? kernel.containerOf(cgroup)
      if (id !== '') groups.set(cgroup, id)
      return id
    },
  })
}

function wallOffset(): bigint {
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6)) - process.hrtime.bigint()
}

/** ns that the boot clock, which /proc counts in, is ahead of the monotonic one: it goes on while the machine sleeps. */
function bootAhead(): bigint {
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0])
  const ahead = BigInt(Math.round(uptime * 1e9)) - process.hrtime.bigint()
  return ahead > 50_000_000n ? ahead : 0n
}

function obey(
  command: Command,
  kernel: Kernel,
  judge: Judge,
  groups: Map<bigint, string>,
  state: { open: boolean; received: number; judged: number },
): void {
  if (command.kind === 'close') state.open = false
  else if (command.kind === 'post') judge.onMessage?.(command.value)
  else if (command.kind === 'counters')
    port.postMessage({
      kind: 'counters',
      id: command.id,
      counters: { ...kernel.counters(), judged: state.judged, received: state.received },
    })
  else {
    const cgroups = [...groups].filter(([, id]) => id === command.containerId).map(([cgroup]) => cgroup)
    kernel.setPolicy(command.containerId, cgroups, command.policy, command.switches)
    port.postMessage({ kind: 'done' })
  }
}
