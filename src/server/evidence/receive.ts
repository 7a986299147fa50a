import { createHash } from 'node:crypto'
import { constants, createReadStream, mkdirSync } from 'node:fs'
import { type FileHandle, open, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { JennerError } from '../../base/errors.ts'
import type { Context } from '../context.ts'
import { newId } from '../db/id.ts'
import type { Tables } from '../db/tables.ts'
import { timeOf } from '../ingest/time.ts'
import type { EvidenceAnswer, EvidenceOffer } from '../schemas/evidence.ts'

export type EvidenceRow = Tables['evidence']

/** One file: copies of 256 MiB, and what describes them. */
export const mostBytes = 512 << 20
/** All files: a flood of evidence must not fill the disk that alerts are written to. */
const mostTogether = 20 * 2 ** 30
/** Kept free for the store. */
const leftFree = 512 << 20
/** Bytes sent at once. */
export const pieceBytes = 4 << 20

export function evidenceFile(state: string, id: string): string {
  return join(state, 'received', `${id}.tar`)
}

/** Notes what an agent will hand over; answers how much of it is here. Throws JennerError limit_exceeded, store_full. */
export async function offerEvidence(context: Context, offer: EvidenceOffer): Promise<EvidenceAnswer> {
  const { db } = context
  if (offer.size > mostBytes) throw new JennerError('limit_exceeded', `${offer.size} > ${mostBytes}`)
  const known = await db
    .selectFrom('evidence')
    .selectAll()
    .where('host_id', '=', offer.hostId)
    .where('agent_key', '=', offer.key)
    .executeTakeFirst()
  if (known) return answerOf(known)
  await checkRoom(context, offer.size)
  const row = { ...rowOf(context, offer), incident_id: await incidentOf(context, offer) }
  await db.insertInto('evidence').values(row).execute()
  if (row.incident_id === '') row.incident_id = await linkLate(db, 'evidence', row)
  told(context, row)
  return answerOf(row)
}

const busy = new Set<string>()

/**
 * Takes the next piece of a file. A piece that does not go on where the last one ended changes nothing: the answer says where to go on. With the last piece the file is
 * compared with the hash that was told first; what differs is thrown away whole. Throws JennerError conflict, target_not_found, store_full.
 */
export async function takePiece(context: Context, id: string, offset: number, piece: Buffer): Promise<EvidenceAnswer> {
  const { db, state } = context
  if (busy.has(id)) throw new JennerError('conflict', 'another piece is on its way')
  busy.add(id)
  try {
    const row = await db.selectFrom('evidence').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row || (row.state !== 'receiving' && row.state !== 'whole'))
      throw new JennerError('target_not_found', 'evidence')
    if (row.state === 'whole' || offset !== row.received) return answerOf(row)
    if (piece.length === 0 || offset + piece.length > row.size) throw new JennerError('bad_argument', 'size')
    await append(`${evidenceFile(state, id)}.part`, offset, piece)
    const received = offset + piece.length
    await db.updateTable('evidence').set({ received }).where('id', '=', id).execute()
    if (received < row.size) return answerOf({ ...row, received })
    await finish(context, row)
    return { id, received, whole: true }
  } finally {
    busy.delete(id)
  }
}

async function append(path: string, offset: number, piece: Buffer): Promise<void> {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 })
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
  try {
    for (let at = 0; at < piece.length; )
      at += (await file.write(piece, at, piece.length - at, offset + at)).bytesWritten
  } finally {
    await file.close()
  }
}

/** Proves the hash, then gives the file its name: what carries it is whole, whatever dies in between. */
async function finish(context: Context, row: EvidenceRow): Promise<void> {
  const { db, state, audit } = context
  const path = evidenceFile(state, row.id)
  const file = await open(`${path}.part`, 'r+')
  try {
    if ((await digestOf(file, row.size)) !== row.sha256) {
      await db.updateTable('evidence').set({ received: 0 }).where('id', '=', row.id).execute()
      throw new JennerError('conflict', `sha256 ${row.sha256}`)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.part`, path)
  await db.updateTable('evidence').set({ state: 'whole', received: row.size }).where('id', '=', row.id).execute()
  await audit.write({
    actor: row.made_by,
    from: row.host_id,
    action: 'evidence.keep',
    target: row.id,
    detail: `${row.container} sha256 ${row.sha256}`,
    outcome: 'done',
  })
  told(context, row)
}

async function digestOf(file: FileHandle, size: number): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of file.createReadStream({ start: 0, end: size - 1, autoClose: false }))
    hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** SHA-256 of a file that is here. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

async function checkRoom({ db, state }: Context, size: number): Promise<void> {
  const { held } = await db
    .selectFrom('evidence')
    .select(eb => eb.fn.coalesce(eb.fn.sum<number>('size'), eb.val(0)).as('held'))
    .where('state', 'in', ['receiving', 'whole'])
    .executeTakeFirstOrThrow()
  if (Number(held) + size > mostTogether) throw new JennerError('store_full', `evidence: ${mostTogether} bytes`)
  const { bavail, bsize } = await statfs(state)
  if (bavail * bsize < size + leftFree) throw new JennerError('store_full', state)
}

/** The incident of the step that took it, or the one that the agent names; '' while that is not here yet. */
async function incidentOf({ db }: Context, offer: EvidenceOffer): Promise<string> {
  const action =
    offer.actionId === ''
      ? undefined
      : await db.selectFrom('actions').select('incident_id').where('id', '=', offer.actionId).executeTakeFirst()
  if (action?.incident_id) return action.incident_id
  return incidentByRef(db, offer.hostId, offer.incident)
}

/** The incident that an agent calls `ref`; '' while it is not here. */
export async function incidentByRef(db: Context['db'], hostId: string, ref: string): Promise<string> {
  if (ref === '') return ''
  const row = await db
    .selectFrom('incidents')
    .select('id')
    .where('host_id', '=', hostId)
    .where('agent_ref', '=', ref)
    .executeTakeFirst()
  return row?.id ?? ''
}

/** Looks once more after a row was written without an incident: that may have come in between, and found nothing to link. Answers its id, or ''. */
export async function linkLate(
  db: Context['db'],
  table: 'actions' | 'evidence',
  { id, host_id: hostId, agent_ref: ref }: Pick<EvidenceRow, 'id' | 'host_id' | 'agent_ref'>,
): Promise<string> {
  const incident = await incidentByRef(db, hostId, ref)
  if (incident !== '')
    await db
      .updateTable(table)
      .set({ incident_id: incident })
      .where('id', '=', id)
      .where('incident_id', '=', '')
      .execute()
  return incident
}

function rowOf({ now }: Context, offer: EvidenceOffer): EvidenceRow {
  return {
    id: newId(now()),
    incident_id: '',
    action_id: offer.actionId,
    name: offer.name,
    size: offer.size,
    sha256: offer.sha256,
    created_at: timeOf(offer.createdAt, now()),
    host_id: offer.hostId,
    container_id: offer.containerId,
    container: offer.container,
    agent_ref: offer.incident,
    made_by: offer.madeBy,
    agent_key: offer.key,
    state: 'receiving',
    received: 0,
  }
}

function answerOf({ id, received, state }: EvidenceRow): EvidenceAnswer {
  // What was taken out by age is not asked for again.
  return { id, received, whole: state !== 'receiving' }
}

function told({ bus }: Context, { incident_id: incident }: EvidenceRow): void {
  if (incident !== '') bus.emit('incident', incident)
}

/** Takes files out that are older than `before`, some at a time; their rows stay and say so, with their hash. */
export async function pruneEvidence({ db, state }: Context, before: number): Promise<void> {
  const rows = await db
    .selectFrom('evidence')
    .select('id')
    .where('created_at', '<', before)
    .where('state', 'in', ['receiving', 'whole'])
    .limit(200)
    .execute()
  for (const { id } of rows) {
    await removeEvidenceFile(state, id)
    await db.updateTable('evidence').set({ state: 'expired' }).where('id', '=', id).execute()
  }
}

export async function removeEvidenceFile(state: string, id: string): Promise<void> {
  for (const path of [evidenceFile(state, id), `${evidenceFile(state, id)}.part`]) await rm(path, { force: true })
}
