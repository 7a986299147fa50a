import { findAction } from './actions/index.ts'
import type { ResponseRecord } from './model.ts'
import { protection } from './protect.ts'
import { type House, messageOf, undoRecord } from './release.ts'

export interface Tidied {
  /** Past their time, undone now. */
  expired: ResponseRecord[]
  /** In force again: their container had started anew. */
  renewed: ResponseRecord[]
  /** Their container is gone. */
  gone: ResponseRecord[]
  failed: { record: ResponseRecord; error: string }[]
}

/** Brings what is recorded and what is in force together. */
export async function tidy(house: House, now = Date.now()): Promise<Tidied> {
  const result: Tidied = { expired: [], renewed: [], gone: [], failed: [] }
  for (const record of house.store.list().reverse()) {
    try {
      await tidyOne(house, record, now, result)
    } catch (error) {
      result.failed.push({ record, error: messageOf(error) })
    }
  }
  return result
}

async function tidyOne(house: House, record: ResponseRecord, now: number, result: Tidied): Promise<void> {
  if (record.until !== undefined && Date.parse(record.until) <= now) {
    await undoRecord(house, record, 'time is up')
    result.expired.push(record)
    return
  }
  const target = await house.tools.inspect(record.containerId)
  if (target === undefined) {
    await undoRecord(house, record, 'the container is gone')
    result.gone.push(record)
    return
  }
  const action = findAction(record.action)
  if (record.action !== 'isolate' || action.holds === undefined || (await action.holds(target, record.undo ?? {})))
    return
  if (protection(target, house.policy.protect) !== undefined) return
  const options = { allow: record.allow, evidenceDir: '' }
  const { undo, lines } = await action.run(target, options, house.tools)
  house.store.replace({ ...record, ...(undo === undefined ? {} : { undo }) })
  await house.audit({
    action: record.action,
    container: target.id,
    name: target.name,
    reason: 'the container started anew',
    by: record.by,
    result: 'renewed',
    lines,
  })
  result.renewed.push(record)
}
