import { basename } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import type { Responder } from '../../runtime/respond/responder.ts'
import { action, actionInput } from '../../server/schemas/actions.ts'
import type { JobDone } from '../../server/schemas/agent.ts'
import type { JobHandler } from '../work.ts'

/** Whose evidence a file is. */
export interface HandedOver {
  actionId: string
  containerId: string
  container: string
  by: string
}

/** Does a step of the response ladder. What is refused (protected, gone) is an answer, not a failure of the job: it must not be tried again. */
export function actJob(responder: () => Responder, hand: (file: string, about: HandedOver) => void): JobHandler {
  return async job => {
    const { step, containerId, seconds, dryRun, reason } = actionInput.parse(job.data)
    const by = typeof job.data.requestedBy === 'string' ? job.data.requestedBy : 'user'
    try {
      const { steps, container } = await responder().act({
        action: step,
        container: containerId,
        dryRun,
        reason,
        by,
        ...(seconds !== undefined && { for: seconds * 1000 }),
      })
      const last = steps.at(-1)
      const detail = steps.flatMap(({ lines, warnings = [], file }) => [
        ...lines,
        ...warnings,
        ...(file === undefined ? [] : [basename(file)]),
      ])
      const actionId = typeof job.data.actionId === 'string' ? job.data.actionId : ''
      for (const { file } of steps)
        if (file !== undefined) hand(file, { actionId, containerId: container.id, container: container.name, by })
      const undoable = !dryRun && last?.undo !== undefined
      return {
        action: {
          state: undoable ? 'active' : 'done',
          detail: detail.join('\n'),
          undoable,
          ...(last?.until !== undefined && { until: last.until }),
          ...(last?.milliseconds !== undefined && { milliseconds: last.milliseconds }),
        },
      }
    } catch (error) {
      return { action: failed(error) }
    }
  }
}

/** Takes a step back. */
export function undoJob(responder: () => Responder): JobHandler {
  return async job => {
    const { containerId, step } = action.pick({ containerId: true, step: true }).parse(job.data)
    const began = performance.now()
    try {
      const { undone, failed: broken } = await responder().release(containerId, 'undone in the console', step)
      const detail = [...undone.flatMap(({ lines }) => lines), ...broken.map(({ error }) => error)].join('\n')
      const milliseconds = Math.round(performance.now() - began)
      return {
        action: { state: broken.length > 0 ? 'failed' : 'undone', detail, undoable: broken.length > 0, milliseconds },
      }
    } catch (error) {
      return { action: failed(error) }
    }
  }
}

function failed(error: unknown): NonNullable<JobDone['action']> {
  const refused =
    error instanceof JennerError &&
    ['container_protected', 'container_not_found', 'nothing_in_force', 'usage'].includes(error.code)
  return { state: refused ? 'refused' : 'failed', detail: (error as Error).message, undoable: false }
}
