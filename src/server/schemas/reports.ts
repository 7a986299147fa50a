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
  next: time,
  enabled: z.boolean(),
})
export const scheduleInput = schedule.omit({ id: true, next: true })
export const reportQuery = pageQuery
export const reportPage = pageOf(report)
export type ReportRow = z.infer<typeof report>
export type ReportInput = z.infer<typeof reportInput>
export type Schedule = z.infer<typeof schedule>
