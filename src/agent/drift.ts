import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Containers } from '../runtime/containers/open.ts'
import { createDriftApplier } from '../runtime/watch/drift/apply.ts'
import { type DriftPolicy, parseDriftPolicy } from '../runtime/watch/drift/policy.ts'
import { stateFolders } from '../runtime/watch/options.ts'
import type { DriftSwitch } from '../runtime/watch/session.ts'

export interface DriftControlOptions {
  state: string
  containers: Containers
  say(line: string): void
}

/** What becomes of programs that are not of their image, by container, as the server and `drift.yaml` in the state folder say. */
export function createDriftControl({ state, containers, say }: DriftControlOptions) {
  let policy: DriftPolicy = { default: 'alert', containers: [] }
  let applier: ReturnType<typeof createDriftApplier> | undefined
  let unlisten = (): void => {}
  return {
    policy: () => policy,
    /** The file's containers keep their own policies; the server's word is for all others. */
    configure(next: DriftPolicy): void {
      policy = { default: next.default, containers: [...ownPolicy(state, say).containers, ...next.containers] }
    },
    /** Those that are there at once, others as they come and go. */
    start(own: DriftSwitch): void {
      unlisten()
      const applied = createDriftApplier({
        policy,
        folder: join(state, stateFolders.drift),
        setPolicy: (id, mode, mounts, paths) => own.setPolicy(id, mode, { mounts, paths }),
        forgetPolicy: own.forgetPolicy,
        onFault: say,
      })
      for (const container of containers.list()) applied.take(container, false)
      applier = applied
      unlisten = containers.onChange(applied.take)
    },
    listed: (image: string): void => applier?.listed(image),
    stop: (): void => unlisten(),
  }
}

/** A file with faults must not leave the host without a guard: it is said, and the default holds. */
function ownPolicy(state: string, say: (line: string) => void): DriftPolicy {
  const file = join(state, 'drift.yaml')
  try {
    if (existsSync(file)) return parseDriftPolicy(readFileSync(file, 'utf8'), file)
  } catch (error) {
    say((error as Error).message)
  }
  return { default: 'alert', containers: [] }
}
