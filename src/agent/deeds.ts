import { basename } from 'node:path'
import type { Alert } from '../base/model/runtime.ts'
import type { Responded } from '../runtime/respond/playbooks.ts'
import type { StepResult } from '../runtime/respond/responder.ts'
import type { Action } from '../server/schemas/actions.ts'
import type { DeedBatch } from '../server/schemas/agent.ts'
import type { Upload } from './uploads.ts'

type Deed = DeedBatch['items'][number]

export interface DeedsOptions {
  alert: Alert
  /** The server's name of the alert's incident. */
  incident: string
  newId(): string
  now: Date
}

/** What a playbook did about an alert, as the server is told it, and the evidence that it left. */
export function deedsOf(
  { playbook, mode, results, errors }: Responded,
  { alert, incident, newId, now }: DeedsOptions,
): { deeds: Deed[]; uploads: Omit<Upload, 'sha256'>[] } {
  const by = `playbook:${playbook}`
  const time = now.toISOString()
  const container = { containerId: alert.container?.id ?? '', container: alert.container?.name ?? '' }
  const common = { ...container, incident, reason: alert.rule, by, time }
  const deeds: Deed[] = []
  const uploads: Omit<Upload, 'sha256'>[] = []
  for (const result of results)
    for (const step of result.steps) {
      const id = newId()
      const own = { containerId: result.container.id, container: result.container.name }
      deeds.push({ ...common, ...own, id, step: step.action, ...outcomeOf(step) })
      if (step.file !== undefined)
        uploads.push(uploadOf(step.file, { key: newId(), actionId: id, incident, ...own, by, time }))
    }
  for (const error of errors) {
    const [, step, detail] = /^(observe|evidence|isolate|pause|stop|kill): (.*)$/s.exec(error) ?? []
    const failed = { state: 'failed', undoable: false, dryRun: mode === 'dry-run', detail: detail ?? error } as const
    deeds.push({ ...common, id: newId(), step: (step ?? 'observe') as Action['step'], ...failed })
  }
  return { deeds, uploads }
}

export function uploadOf(
  file: string,
  about: {
    key: string
    actionId: string
    incident: string
    containerId: string
    container: string
    by: string
    time: string
  },
): Omit<Upload, 'sha256'> {
  const { by, time, ...rest } = about
  return { ...rest, file, madeBy: by, createdAt: time }
}

function outcomeOf({ dryRun, lines, warnings = [], undo, until, milliseconds, file, error }: StepResult) {
  const undoable = !dryRun && undo !== undefined
  const detail = [
    ...lines,
    ...warnings,
    ...(file === undefined ? [] : [basename(file)]),
    ...(error === undefined ? [] : [error]),
  ]
  return {
    dryRun,
    state: error !== undefined ? ('failed' as const) : undoable ? ('active' as const) : ('done' as const),
    undoable,
    detail: detail.join('\n'),
    ...(until !== undefined && { until }),
    ...(milliseconds !== undefined && { milliseconds }),
  }
}
