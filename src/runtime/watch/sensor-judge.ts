/** Runs in the sensor's thread: puts containers to the events and judges them. */
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { ContainerInfo, RuntimeEvent } from '../../base/model/runtime.ts'
import { openContainers } from '../containers/open.ts'
import { createDetectors } from '../detect/detect.ts'
import type { CreateJudge } from '../sensor/judge.ts'
import { containerOf, readProcess } from '../sensor/procfs.ts'
import { withContainers } from './attach.ts'
import { parseUsage, type Usage, watchBusy } from './busy.ts'
import { cgroupUse, watchContainerCpu } from './container-cpu.ts'
import { createJudge as createRuleJudge, type JudgeOptions } from './judge.ts'
import { gatherLoaded } from './loaded.ts'
import type { Loss } from './session.ts'

/** The sensor calls this with what `startKernelSensor` gave it. */
export const createJudge: CreateJudge = async (options, channel) => {
  const containers = await openContainers()
  const judge = createRuleJudge(options as JudgeOptions, message => channel.post(message))
  const losses: Loss[] = containers
    .status()
    .flatMap(({ runtime, connected, reason }) =>
      connected || runtime !== 'docker' ? [] : [{ what: `container names and images (${runtime})`, why: reason ?? '' }],
    )
  if (losses.length > 0) channel.post({ kind: 'losses', losses })
  const detectors = createDetectors(availableParallelism())
  const loaded = (options as JudgeOptions).loaded
    ? gatherLoaded({ post: rows => channel.post({ kind: 'loaded', rows }) })
    : undefined
  const attached = withContainers({
    get: id => containers.get(id),
    ask: (id): Promise<ContainerInfo | undefined> => containers.refresh(id),
    judge(event) {
      judge.onEvent(event)
      loaded?.onEvent(event)
      for (const found of detectors.observe(event)) judge.onEvent(found)
    },
  })
  const looks = lookAtProcessors(judge.wants('jenner.sustained_cpu'), {
    containers: () => containers.list(),
    coresOf: id => containers.get(id)?.cpuLimit,
    reading: detectors.reading,
    judge: attached.take,
  })
  containers.onChange(({ id, state }, gone) => {
    if (gone || state === 'exited' || state === 'dead') attached.ended(id)
  })
  return {
    onEvent: attached.take,
    onTick(now) {
      attached.tick(now)
      for (const look of looks) look(now)
      loaded?.onTick(now)
      judge.onTick(now)
    },
    onClose() {
      attached.flush()
      loaded?.flush()
      judge.onClose()
      containers.close()
    },
  }
}

interface LookOptions {
  containers(): readonly ContainerInfo[]
  coresOf(containerId: string): number | undefined
  reading: ReturnType<typeof createDetectors>['reading']
  judge(event: RuntimeEvent): void
}

/** How often at most a container is told of for its use of processors, in ms: by one program or by all together. */
const quiet = 3_600_000
const mostTold = 10_000

/** What looks at the processors now and then: at each process, soon, and at each container as a whole, over a longer time. */
function lookAtProcessors(wanted: boolean, options: LookOptions): ((now: number) => void)[] {
  if (!wanted) return []
  const told = new Map<string, number>()
  const judge = (event: RuntimeEvent): void => {
    const { containerId } = event.process
    const now = Number(event.time / 1_000_000n)
    if (now - (told.get(containerId) ?? Number.NEGATIVE_INFINITY) < quiet) return
    if (told.size >= mostTold) told.clear()
    told.set(containerId, now)
    options.judge(event)
  }
  const processOf = (pid: number) => readProcess(pid)
  return [
    watchBusy({ usages: containerUsages, processOf, coresOf: options.coresOf, judge }),
    watchContainerCpu({ ...options, used: cgroupUse, processOf, cores: availableParallelism(), judge }),
  ]
}

/** Processor time of every process in a container. */
function containerUsages(): Usage[] {
  const found: Usage[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const containerId = containerOf(readFileSync(`/proc/${name}/cgroup`, 'latin1'))
      if (containerId === '') continue
      const usage = parseUsage(Number(name), readFileSync(`/proc/${name}/stat`, 'latin1'), containerId)
      if (usage) found.push(usage)
    } catch {
      // It ended meanwhile.
    }
  }
  return found
}
