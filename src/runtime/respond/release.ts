import { JennerError } from '../../base/errors.ts'
import { findAction } from './actions/index.ts'
import type { ActionId, ResponseRecord, Tools } from './model.ts'
import type { ResponsePolicy } from './policy/model.ts'
import type { ResponseStore } from './state.ts'

/** What every step needs. */
export interface House {
  store: ResponseStore
  tools: Tools
  policy: ResponsePolicy
  audit(entry: Record<string, unknown>): Promise<void>
  /** Runs one change at a time, over all processes of this machine. */
  alone<Result>(work: () => Promise<Result>): Promise<Result>
}

export interface ReleaseResult {
  container: { id: string; name: string }
  undone: { action: ActionId; lines: string[] }[]
  failed: { action: ActionId; error: string }[]
}

/** Undoes all that is in force for a container, or one kind of it, the last first. What fails stays recorded and is told. Throws nothing_in_force, container_not_found where there is not even a container. */
export async function release(house: House, word: string, reason: string, only?: ActionId): Promise<ReleaseResult> {
  const target = await house.tools.inspect(word).catch((error: Error) => error)
  const id = target instanceof Error ? undefined : target?.id
  const records = house.store
    .list()
    .filter(({ containerId, containerName }) =>
      id === undefined
        ? containerName === word || (word.length >= 4 && containerId.startsWith(word))
        : containerId === id,
    )
    .filter(({ action }) => only === undefined || action === only)
    .reverse()
  const [last] = records
  // A container that is gone, or a Docker that does not answer, keeps nobody from undoing what is recorded.
  if (last === undefined && target instanceof Error) throw target
  if (last === undefined) throw new JennerError(target ? 'nothing_in_force' : 'container_not_found', word)
  const result: ReleaseResult = {
    container: { id: last.containerId, name: last.containerName },
    undone: [],
    failed: [],
  }
  for (const record of records) {
    try {
      result.undone.push({ action: record.action, lines: await undoRecord(house, record, reason) })
    } catch (error) {
      result.failed.push({ action: record.action, error: messageOf(error) })
    }
  }
  return result
}

/** Undoes one response, forgets it, and logs it. A failure is logged too, and the record stays. */
export async function undoRecord(house: House, record: ResponseRecord, reason: string): Promise<string[]> {
  const entry = {
    action: 'release',
    of: record.action,
    container: record.containerId,
    name: record.containerName,
    reason,
  }
  try {
    const lines = (await findAction(record.action).undo?.(record.containerId, record.undo ?? {}, house.tools)) ?? []
    house.store.remove(record.id)
    await house.audit({ ...entry, result: 'done', lines })
    return lines
  } catch (error) {
    await house.audit({ ...entry, result: 'failed', detail: messageOf(error) })
    throw error
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
