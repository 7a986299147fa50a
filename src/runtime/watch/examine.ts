import type { RuntimeEvent } from '../../base/model/runtime.ts'
import type { Detectors } from '../detect/detect.ts'
import { isDerived } from '../rules/known-events.ts'
import type { DriftKeeper } from './drift/keeper.ts'
import type { Judge } from './judge.ts'
import type { MalwareWatch } from './malware/malware.ts'
import type { ProfileKeeper } from './profiles.ts'
import type { RecentEvents } from './recent.ts'
import type { Recorder } from './recording/recorder.ts'

/** All that looks at an event; what is absent is not asked for. */
export interface Parts {
  judge: Judge
  detectors: Detectors
  recent: RecentEvents
  drift?: DriftKeeper | undefined
  profiles?: ProfileKeeper | undefined
  malware?: MalwareWatch | undefined
  recorder?: Recorder | undefined
}

/** What is done with an event once its container is known, in this order: what drift lets pass, rules do not see; what follows from it is judged after it. */
export function createExaminer(parts: Parts): (event: RuntimeEvent) => void {
  const { judge, detectors, recent, drift, profiles, malware, recorder } = parts
  const conclude = (event: RuntimeEvent): void => {
    recent.note(event)
    recorder?.take(event)
    judge.onEvent(event)
  }
  return event => {
    if (isDerived(event.type)) return conclude(event)
    malware?.see(event)
    drift?.see(event)
    conclude(event)
    const found = detectors.observe(event)
    for (let index = 0; index < found.length; index++) conclude(found[index]!)
    const deviation = profiles?.take(event)
    if (deviation !== undefined) conclude(deviation)
  }
}
