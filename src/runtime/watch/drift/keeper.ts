import type { ContainerInfo, RuntimeEvent } from '../../../base/model/runtime.ts'
import { isoTime } from '../../fields/time.ts'
import type { DriftContent } from './content.ts'
import { allowsDrift, noteDrift } from './list.ts'
import { type DriftDecision, type DriftPolicy, decideDrift } from './policy.ts'
import type { DriftStore } from './store.ts'

/** Sees what runs that is not of the image, before it is judged. */
export interface DriftKeeper {
  /**
   * Under `observe` notes what ran in its image's list. What is listed, and what `observe` sees, counts as the image's from here on: `evt.arg.drift` says `listed` or `observed`,
   * and no rule sees the upper layer any more.
   */
  see(event: RuntimeEvent): void
}

export function createDriftKeeper(
  policy: DriftPolicy,
  store: DriftStore | undefined,
  content?: DriftContent,
): DriftKeeper {
  const decisions = new WeakMap<ContainerInfo, DriftDecision>()
  const decide = (container: ContainerInfo): DriftDecision => {
    const known = decisions.get(container) ?? decideDrift(policy, container)
    decisions.set(container, known)
    return known
  }
  return {
    see(event) {
      const { container } = event
      const path = foreignPath(event)
      if (path === undefined || container === undefined) return
      const list = store?.get(container.imageId, container.image)
      const { mode } = decide(container)
      const observes = mode === 'observe'
      if (observes && list) {
        if (noteDrift(list, path, howOf(event), isoTime(event.time), content !== undefined)) store!.put(list)
        content?.learn(list, path, event)
      }
      if (event.args['killed'] !== undefined) return
      if (list && allowsDrift(list, path)) {
        pass(event, observes ? 'observed' : 'listed')
        if (!observes) content?.compare(list, path, event, mode === 'block')
      } else if (observes) pass(event, 'observed')
    },
  }
}

/** The file that is executed, or mapped as code, when the image did not bring it. */
function foreignPath(event: RuntimeEvent): string | undefined {
  const { type, process, args, fd } = event
  if (type === 'execve' || type === 'execveat') {
    if (!process.exeUpperLayer && !process.exeMemfd && args['exe_tmpfs'] !== 1) return undefined
    return process.exepath
  }
  if (type !== 'mmap_exec' || fd === undefined) return undefined
  return fd.upperLayer === true || fd.tmpfs === true ? fd.name : undefined
}

function howOf({ type }: RuntimeEvent): 'exec' | 'map' {
  return type === 'mmap_exec' ? 'map' : 'exec'
}

function pass(event: RuntimeEvent, why: string): void {
  const { process, args, fd } = event
  args['drift'] = why
  if (event.type === 'mmap_exec') {
    if (fd) fd.upperLayer = fd.tmpfs = false
    return
  }
  process.exeUpperLayer = false
  process.exeMemfd = false
  if (typeof args['flags'] === 'string')
    args['flags'] = args['flags']
      .split('|')
      .filter(flag => flag !== 'EXE_UPPER_LAYER' && flag !== 'EXE_FROM_MEMFD')
      .join('|')
}
