import { JennerError } from '../../base/errors.ts'
import type { Notice } from '../../reporting/outputs/model.ts'
import { reportWriters } from '../../reporting/reports/index.ts'
import type { ReportWriter } from '../../reporting/reports/model.ts'
import type { Context } from '../context.ts'
import { newId } from '../db/id.ts'
import { iso } from '../ingest/time.ts'
import type { JobRow } from '../jobs/queue.ts'
import { enqueue } from '../notify/store.ts'
import type { ReportInput, Schedule } from '../schemas/reports.ts'
import { reportFacts } from './facts.ts'

export function writerOf(format: string): ReportWriter {
  const writer = reportWriters.find(each => each.format === format)
  if (writer === undefined) throw new JennerError('bad_argument', `format: ${format}`)
  return writer
}

/** Asks for a report; a job writes it. `outputs` get it when it is there. Answers its id. */
export async function orderReport(
  context: Context,
  input: ReportInput,
  by: string,
  outputs: readonly string[] = [],
): Promise<string> {
  const { db, now, queue } = context
  const [from, to] = [Date.parse(input.from), Date.parse(input.to)]
  if (!(from < to)) throw new JennerError('bad_argument', 'from, to')
  const id = newId(now())
  await db
    .insertInto('reports')
    .values({
      id,
      from_time: from,
      to_time: to,
      format: input.format,
      lang: input.lang,
      state: 'queued',
      created_by: by,
      created_at: now(),
      size: null,
      error: '',
      body: new Uint8Array(),
    })
    .execute()
  await queue.add({ kind: 'report', target: id, title: `${input.format} ${input.lang}`, hostId: '', data: { outputs } })
  return id
}

/** Writes a report that was asked for, and sends it to the outputs that wait for it. */
export async function writeReport(context: Context, job: JobRow): Promise<void> {
  const { db, bus } = context
  const row = await db.selectFrom('reports').selectAll().where('id', '=', job.target).executeTakeFirst()
  if (row === undefined) return
  const note = async (change: { state: string; error?: string; size?: number; body?: Uint8Array }): Promise<void> => {
    await db.updateTable('reports').set(change).where('id', '=', row.id).execute()
    bus.emit('report', row.id)
  }
  await note({ state: 'running' })
  try {
    const facts = await reportFacts(context, {
      from: row.from_time,
      to: row.to_time,
      language: row.lang === 'ko' ? 'ko' : 'en',
    })
    const { write, mediaType } = writerOf(row.format)
    const body = await write(facts)
    await note({ state: 'done', size: body.length, body, error: '' })
    const { outputs = [] } = JSON.parse(job.data) as { outputs?: string[] }
    await send(context, outputs, { name: fileName(row), type: mediaType, content: body }, row.id)
  } catch (error) {
    await note({ state: 'failed', error: (error as Error).message.slice(0, 1000) })
    throw error
  }
}

/** `jenner-2026-03-01-2026-03-08.pdf` */
export function fileName({
  from_time,
  to_time,
  format,
}: {
  from_time: number
  to_time: number
  format: string
}): string {
  return `jenner-${iso(from_time).slice(0, 10)}-${iso(to_time).slice(0, 10)}.${format}`
}

async function send(
  context: Context,
  outputs: readonly string[],
  attachment: NonNullable<Notice['attachment']>,
  id: string,
): Promise<void> {
  const notice: Notice = {
    id: `report-${id}`,
    time: iso(context.now()),
    kind: 'report',
    priority: 'Notice',
    title: attachment.name,
    text: attachment.name,
    ...(context.links.base !== '' && { url: `${context.links.base}/reports` }),
    tags: [],
    fields: {},
    attachment,
  }
  await enqueue(
    context,
    context.db,
    outputs.map(output => ({ output, notice })),
  )
  void context.notifying?.run()
}

const day = 86_400_000
const lengths: Record<Schedule['every'], number> = { day, week: 7 * day, month: 30 * day }

/** When a schedule is due next: midnight, UTC, of the next day, Monday, or first of the month. */
export function nextTime(every: Schedule['every'], now: number): number {
  const at = new Date(now)
  at.setUTCHours(0, 0, 0, 0)
  if (every === 'month') return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1)
  const days = every === 'day' ? 1 : (8 - at.getUTCDay()) % 7 || 7
  return at.getTime() + days * day
}

/** Orders the reports that are due. One that was missed while the server was away is made once. */
export async function runSchedules(context: Context): Promise<void> {
  const { db, now } = context
  const due = await db.selectFrom('schedules').selectAll().where('enabled', '=', 1).where('next', '<=', now()).execute()
  for (const row of due) {
    const every = row.every as Schedule['every']
    await db
      .updateTable('schedules')
      .set({ next: nextTime(every, now()) })
      .where('id', '=', row.id)
      .execute()
    const input = {
      from: iso(row.next - lengths[every]),
      to: iso(row.next),
      format: row.format,
      lang: row.lang,
    } as ReportInput
    const report = await orderReport(context, input, 'schedule', JSON.parse(row.outputs) as string[])
    await db.updateTable('schedules').set({ last_run: now(), last_report: report }).where('id', '=', row.id).execute()
  }
}
