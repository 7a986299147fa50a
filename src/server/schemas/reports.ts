import { z } from 'zod'
import { id, pageOf, pageQuery, time } from './common.ts'

export const reportFormat = z.enum(['html', 'pdf', 'csv'])
export const reportInput = z.object({ from: time, to: time, format: reportFormat, lang: z.enum(['en', 'ko']) })
export const report = reportInput.extend({
  id,
  state: z.enum(['queued', 'running', 'done', 'failed']),
  createdAt: time,
  createdBy: z.string(),
  size: z.number().optional(),
  error: z.string().optional(),
})
export const schedule = z.object({
  id,
  every: z.enum(['day', 'week', 'month']),
  format: reportFormat,
  lang: z.enum(['en', 'ko']),
  /** Outputs that get it, by id. */
  outputs: z.array(id),
  /** When it is due; not while it is off. */
  next: time.optional(),
  enabled: z.boolean(),
  /** The last time that it was due, and what became of it; `gone`: that report was taken away. */
  last: z
    .object({
      at: time,
      reportId: z.string(),
      state: z.enum(['queued', 'running', 'done', 'failed', 'gone']),
      error: z.string().optional(),
      /** Outputs that have it, that still wait for it, and that could not be reached. */
      sent: z.int(),
      waiting: z.int(),
      failed: z.int(),
    })
    .optional(),
})
export const scheduleInput = schedule.omit({ id: true, next: true, last: true })
export const schedulePatch = scheduleInput.partial()
export const reportQuery = pageQuery
export const reportPage = pageOf(report)
export type ReportRow = z.infer<typeof report>
export type ReportInput = z.infer<typeof reportInput>
export type ScheduleInput = z.infer<typeof scheduleInput>
export type Schedule = z.infer<typeof schedule>
