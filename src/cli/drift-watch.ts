import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { JennerError } from '../base/errors.ts'
import type { Containers } from '../runtime/containers/open.ts'
import { createDriftApplier } from '../runtime/watch/drift/apply.ts'
import { type DriftPolicy, driftModes, parseDriftPolicy } from '../runtime/watch/drift/policy.ts'
import { stateFolders } from '../runtime/watch/options.ts'
import type { DriftSwitch } from '../runtime/watch/session.ts'
import type { Context } from './context.ts'
import { readText } from './read-text.ts'

/** The drift policy: of a file (given, or `drift.yaml` in the state folder), and the mode of the flag for all that it does not name. Throws JennerError usage, bad_argument. */
export function driftPolicyOf(mode: string | undefined, file: string | undefined, state: string): DriftPolicy {
  const usual = join(state, 'drift.yaml')
  const from = file ?? (existsSync(usual) ? usual : undefined)
  const policy: DriftPolicy =
    from === undefined ? { default: 'alert', containers: [] } : parseDriftPolicy(readText(from), from)
  if (mode === undefined) return policy
  const known = driftModes.find(each => each === mode)
  if (known === undefined) throw new JennerError('usage', `--drift: ${driftModes.join(', ')}`)
  return { ...policy, default: known }
}

export interface DriftWatch {
  listed(image: string): void
  stop(): void
}

/** Hands the policy of every container to the sensor, those that are there at once, others as they come and go. */
export function applyDrift(
  policy: DriftPolicy,
  state: string,
  containers: Containers,
  drift: DriftSwitch,
  context: Context,
): DriftWatch {
  const applier = createDriftApplier({
    policy,
    folder: join(state, stateFolders.drift),
    setPolicy: (id, mode, mounts, paths) => drift.setPolicy(id, mode, { mounts, paths }),
    forgetPolicy: drift.forgetPolicy,
    onFault: what => context.say(context.text('watch.drift.fault', { what })),
  })
  if (policy.containers.length > 0 && !containers.status().some(({ connected }) => connected))
    context.say(context.text('watch.drift.fault', { what: context.text('watch.drift.nobody') }))
  for (const container of containers.list()) applier.take(container, false)
  return { listed: applier.listed, stop: containers.onChange(applier.take) }
}
