/** Runs in the sensor's thread: puts containers to the events and judges them. */
import { readdirSync, readFileSync } from 'node:fs'
import type { ContainerInfo } from '../../base/model/runtime.ts'
import { openContainers } from '../containers/open.ts'
import type { CreateJudge } from '../sensor/judge.ts'
import { containerOf, readProcess } from '../sensor/procfs.ts'
import { withContainers } from './attach.ts'
import { parseUsage, type Usage, watchBusy } from './busy.ts'
import { createJudge as createRuleJudge, type JudgeOptions } from './judge.ts'
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
  const attached = withContainers({
    get: id => containers.get(id),
    ask: (id): Promise<ContainerInfo | undefined> => containers.refresh(id),
    judge: event => judge.onEvent(event),
  })
  const busy = judge.wants('cpu_sustained')
    ? watchBusy({ usages: containerUsages, processOf: pid => readProcess(pid), judge: attached.take })
    : () => {}
  containers.onChange(({ id, state }, gone) => {
    if (gone || state === 'exited' || state === 'dead') attached.ended(id)
  })
  return {
    onEvent: attached.take,
    onTick(now) {
      attached.tick(now)
      busy(now)
      judge.onTick(now)
    },
    onClose() {
      attached.flush()
      judge.onClose()
      containers.close()
    },
  }
}

/** Processor time of every process in a container. */
function containerUsages(): Usage[] {
  const found: Usage[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      if (containerOf(readFileSync(`/proc/${name}/cgroup`, 'latin1')) === '') continue
      const usage = parseUsage(Number(name), readFileSync(`/proc/${name}/stat`, 'latin1'))
      if (usage) found.push(usage)
    } catch {
      // It ended meanwhile.
    }
  }
  return found
}
