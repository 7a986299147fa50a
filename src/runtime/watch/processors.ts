import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { ContainerInfo, RuntimeEvent } from '../../base/model/runtime.ts'
import type { Detectors } from '../detect/detect.ts'
import { containerOf, readProcess } from '../sensor/procfs.ts'
import { parseUsage, type Usage, watchBusy } from './busy.ts'
import { cgroupUse, watchContainerCpu } from './container-cpu.ts'

export interface LookOptions {
  containers(): readonly ContainerInfo[]
  coresOf(containerId: string): number | undefined
  reading: Detectors['reading']
  judge(event: RuntimeEvent): void
}

/** How often at most a container is told of for its use of processors, in ms: by one program or by all together. */
const quiet = 3_600_000
const mostTold = 10_000

/** What looks at the processors now and then: at each process, soon, and at each container as a whole, over a longer time. */
export function lookAtProcessors(options: LookOptions): ((now: number) => void)[] {
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
