/** Runs in the sensor's thread: puts containers to the events and judges them. */
import type { ContainerInfo } from '../../base/model/runtime.ts'
import { openContainers } from '../containers/open.ts'
import type { CreateJudge } from '../sensor/judge.ts'
import { withContainers } from './attach.ts'
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
  containers.onChange(({ id, state }, gone) => {
    if (gone || state === 'exited' || state === 'dead') attached.ended(id)
  })
  return {
    onEvent: attached.take,
    onTick(now) {
      attached.tick(now)
      judge.onTick(now)
    },
    onClose() {
      attached.flush()
      judge.onClose()
      containers.close()
    },
  }
}
