import { breathing } from '../../base/breathe.ts'
import { JennerError } from '../../base/errors.ts'
import type { Context } from '../context.ts'
import { newId } from '../db/id.ts'
import type { Tables } from '../db/tables.ts'
import { iso, isoOr } from '../ingest/time.ts'
import { inForce } from '../judge/decide.ts'
import type { Decision, DecisionInput, Scope } from '../schemas/decisions.ts'
import { noteChange } from './history.ts'

export type DecisionRow = Tables['decisions']

/** Makes a decision: what it covers is covered when this has ended. */
export async function createDecision(
  context: Context,
  input: DecisionInput,
  by: string,
  source = 'console',
): Promise<DecisionRow> {
  const { db, now, verdicts, bus } = context
  const row = rowOf(input, by, source, now())
  if (row.expires !== null && row.expires <= now()) throw new JennerError('bad_argument', 'expires')
  await db.insertInto('decisions').values(row).execute()
  await verdicts.decided(row)
  bus.emit('decision', row.id)
  return row
}

/** Makes many, one after the other; in between others are served: thousands of them take a while. */
export async function createDecisions(
  context: Context,
  inputs: readonly DecisionInput[],
  by: string,
  source?: string,
): Promise<DecisionRow[]> {
  const breathe = breathing(context.stopping, 20)
  const rows: DecisionRow[] = []
  for (const input of inputs) {
    rows.push(await createDecision(context, input, by, source))
    await breathe()
  }
  return rows
}

/**
 * Changes a decision; one that has ended goes on with a later end. What it covered and covers no more is shown again. The change is kept.
 * Throws JennerError conflict (it was taken back), bad_argument (its end is past).
 */
export async function changeDecision(
  context: Context,
  before: DecisionRow,
  input: DecisionInput,
  actor: string,
): Promise<DecisionRow> {
  const { db, now, verdicts, bus } = context
  if (before.state === 'revoked') throw new JennerError('conflict', before.state)
  const next = {
    ...rowOf(input, before.created_by, before.source, before.created_at),
    id: before.id,
    updated_at: now(),
  }
  if (next.expires !== null && next.expires <= now()) throw new JennerError('bad_argument', 'expires')
  await db.transaction().execute(async transaction => {
    await transaction.updateTable('decisions').set(next).where('id', '=', before.id).execute()
    await noteChange(transaction, { before, after: next, actor, what: 'changed', time: now() })
  })
  if (scopeKeys.some(key => before[key] !== next[key])) await verdicts.decided(before)
  await verdicts.decided({ ...next })
  bus.emit('decision', before.id)
  return next
}

/** Takes it back: what it covered is shown again. It stays in the list. */
export async function revokeDecision(context: Context, row: DecisionRow, actor: string): Promise<void> {
  const { db, now, verdicts, bus } = context
  if (row.state === 'revoked') return
  await db.transaction().execute(async transaction => {
    const change = { state: 'revoked', updated_at: now() }
    await transaction.updateTable('decisions').set(change).where('id', '=', row.id).execute()
    await noteChange(transaction, { before: row, after: { ...row, ...change }, actor, what: 'revoked', time: now() })
  })
  await verdicts.decided(row)
  bus.emit('decision', row.id)
}

function rowOf(input: DecisionInput, by: string, source: string, now: number): DecisionRow {
  const { scope, status, justification, owner, expires, comment } = input
  return {
    id: newId(),
    ...scopeColumns(scope),
    status,
    justification: justification ?? '',
    owner,
    expires: expires === undefined ? null : Date.parse(expires),
    comment,
    state: 'active',
    created_by: by,
    created_at: now,
    updated_at: now,
    source,
    matches: 0,
  }
}

const scopeKeys = ['vulnerability', 'package', 'image', 'workload', 'rule'] as const

export function scopeColumns(scope: Scope) {
  const { vulnerability = '', package: pkg = '', image = '', workload = '', rule = '' } = scope
  return { vulnerability, package: pkg, image, workload, rule }
}

export function decisionOf(row: DecisionRow, matches: number, now: number): Decision {
  const scope: Scope = {}
  for (const key of scopeKeys) if (row[key] !== '') scope[key] = row[key]
  return {
    id: row.id,
    scope,
    status: row.status as Decision['status'],
    ...(row.justification && { justification: row.justification as NonNullable<Decision['justification']> }),
    owner: row.owner,
    ...isoOr('expires', row.expires),
    comment: row.comment,
    state: row.state === 'active' && !inForce(row, now) ? 'expired' : (row.state as Decision['state']),
    createdBy: row.created_by,
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
    source: row.source,
    matches,
  }
}
