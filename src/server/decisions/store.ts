import { JennerError } from '../../base/errors.ts'
import type { Context } from '../context.ts'
import { newId } from '../db/id.ts'
import type { Tables } from '../db/tables.ts'
import { iso, isoOr } from '../ingest/time.ts'
import { inForce } from '../judge/decide.ts'
import type { Decision, DecisionInput, Scope } from '../schemas/decisions.ts'

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

/** Changes what may change of one: its end, owner, comment, status. The scope stays: another scope is another decision. */
export async function changeDecision(
  context: Context,
  before: DecisionRow,
  input: DecisionInput,
): Promise<DecisionRow> {
  const { db, now, verdicts, bus } = context
  const next = {
    ...rowOf(input, before.created_by, before.source, before.created_at),
    id: before.id,
    updated_at: now(),
  }
  await db.updateTable('decisions').set(next).where('id', '=', before.id).execute()
  await verdicts.decided({ ...next })
  bus.emit('decision', before.id)
  return next
}

/** Takes it back: what it covered is shown again. It stays in the list. */
export async function revokeDecision(context: Context, row: DecisionRow): Promise<void> {
  const { db, now, verdicts, bus } = context
  await db.updateTable('decisions').set({ state: 'revoked', updated_at: now() }).where('id', '=', row.id).execute()
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

export function scopeColumns(scope: Scope) {
  const { vulnerability = '', package: pkg = '', image = '', workload = '', rule = '' } = scope
  return { vulnerability, package: pkg, image, workload, rule }
}

export function decisionOf(row: DecisionRow, matches: number, now: number): Decision {
  const scope: Scope = {}
  for (const key of ['vulnerability', 'package', 'image', 'workload', 'rule'] as const)
    if (row[key] !== '') scope[key] = row[key]
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
